"""The rows a mail is made from, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any, NamedTuple


class LineRow(NamedTuple):
    order_id: int
    external_id: str
    title: str
    variant: str
    quantity: int
    total: Decimal
    image_url: str
    needs_shipping: bool


class ParcelRow(NamedTuple):
    pk: int
    order_id: int
    name: str
    number: str
    carrier: str
    """As people write it."""
    link: str
    fulfilment_id: int | None
    parts: Sequence[Mapping[str, Any]]
    state: str
    place: str
    cancelled_at: datetime | None
    delivered_at: datetime | None
    arrival_first: date | None
    arrival_last: date | None
    arrival_from: time | None
    arrival_until: time | None
    promised_last: date | None


class OrderFull(NamedTuple):
    pk: int
    number: str
    placed_at: datetime | None
    currency: str
    total: Decimal
    subtotal: Decimal
    shipping: Decimal
    discount: Decimal
    payment_state: str
    payment_method: str
    paid_at: datetime | None
    cancelled_at: datetime | None
    shipping_address: Mapping[str, Any]
    shipping_method: str
    shipped_at: datetime | None
    first_name: str
    promised_first: date | None
    promised_last: date | None
    link_epoch: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """All that one mail is about."""

    order: OrderFull
    lines: Sequence[LineRow] = ()
    parcels: Sequence[ParcelRow] = ()
    parcel_id: int | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    """What the event told: `cause` and `new_last` of a delay, `amount` of a refund."""
    similar: Sequence[Mapping[str, str]] = ()
    coupon: str = ""
    signature: str = ""
    store_name: str = ""
    store_url: str = ""
    store_country: str = ""
    order_url: str = ""
    preferences_url: str = ""
    zone: tzinfo
    """The shop's."""
    language: str
    now: datetime

    @property
    def today(self) -> date:
        """The day it is in the shop."""
        return self.now.astimezone(self.zone).date()

    @property
    def parcel(self) -> ParcelRow | None:
        """The parcel the mail is about."""
        return next((parcel for parcel in self.parcels if parcel.pk == self.parcel_id), None)

    @property
    def moving(self) -> list[ParcelRow]:
        """The parcels of the order that were not called off."""
        return [parcel for parcel in self.parcels if parcel.cancelled_at is None]
