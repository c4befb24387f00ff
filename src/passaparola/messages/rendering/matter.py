"""The rows a mail is made from, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from functools import lru_cache
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


NO_ORDER = OrderFull(
    pk=0,
    number="",
    placed_at=None,
    currency="",
    total=Decimal(0),
    subtotal=Decimal(0),
    shipping=Decimal(0),
    discount=Decimal(0),
    payment_state="",
    payment_method="",
    paid_at=None,
    cancelled_at=None,
    shipping_address={},
    shipping_method="",
    shipped_at=None,
    first_name="",
    promised_first=None,
    promised_last=None,
)
"""What a card or a newsletter is about: everything of an order is empty, and nothing of it is shown."""


class Person(NamedTuple):
    """Whom we write to."""

    first_name: str = ""
    last_name: str = ""


NOBODY = Person()


@lru_cache(maxsize=64)
def _day_in(now: datetime, zone: tzinfo) -> date:
    """Asked seven times a mail, and the same for a whole batch: a twentieth of the work of writing it."""
    return now.astimezone(zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """All that one mail is about."""

    order: OrderFull = NO_ORDER
    person: Person = NOBODY
    """Where there is an order, its customer is meant, and this one counts only for what the order does not tell."""
    lines: Sequence[LineRow] = ()
    parcels: Sequence[ParcelRow] = ()
    parcel_id: int | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    """What the event told: `cause` and `new_last` of a delay, `amount` of a refund. Templates read it as `data`."""
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
    is_agreed: bool = False
    """It is sent because the person agreed to hear from the shop, not because of an order."""
    now: datetime

    @property
    def today(self) -> date:
        """The day it is in the shop."""
        return _day_in(self.now, self.zone)

    @property
    def parcel(self) -> ParcelRow | None:
        """The parcel the mail is about."""
        return next((parcel for parcel in self.parcels if parcel.pk == self.parcel_id), None)

    @property
    def moving(self) -> list[ParcelRow]:
        """The parcels of the order that were not called off."""
        return [parcel for parcel in self.parcels if parcel.cancelled_at is None]
