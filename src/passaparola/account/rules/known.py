"""What is known of an order when its page is made. Empty strings and None where nobody told us."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from passaparola.tracking.carrier import ScanFacts

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    name: str
    slug: str = ""
    url: str = ""
    email: str = ""
    phone: str = ""
    postal_address: str = ""
    city: str = ""
    country: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    key: str
    """The line's id at the source; parcels name their contents by it."""
    title: str = ""
    variant: str = ""
    quantity: int = 1
    total: Decimal | None = None
    image_url: str = ""
    page_url: str = ""
    care: str = ""
    """In the page's language, else in the other one."""
    needs_shipping: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    number: str = ""
    carrier: str = ""
    """As people call it; empty where nobody knows for sure."""
    link: str = ""
    """The carrier's own page."""
    state: str = "label_created"
    place: str = ""
    announced_at: datetime | None = None
    picked_up_at: datetime | None = None
    out_for_delivery_at: datetime | None = None
    ready_for_pickup_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None
    arrival_first: date | None = None
    arrival_last: date | None = None
    arrival_from: time | None = None
    arrival_until: time | None = None
    """On the clock where it goes."""
    promised_first: date | None = None
    promised_last: date | None = None
    is_late: bool = False
    delay_cause: str = ""
    """A `DelayCause` where one is known."""
    delay_confidence: float | None = None
    delay_facts: Mapping[str, Any] = field(default_factory=dict)
    """What its explanation speaks of: `tracking.rules.delay.Explanation.facts`."""
    arrival_source: str = ""
    """Who tells the days: `carrier`, `learned` or `rule`."""
    signed_by: str = ""
    fulfilment: int | None = None
    """Parcels of one fulfilment share `contents`: the shop system doesn't say which of them holds what."""
    contents: Mapping[str, int] = field(default_factory=dict)
    """Pieces by the line's key; empty where the shop system doesn't say what is inside."""
    scans: tuple[ScanFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    made_at: datetime
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How often learned windows were right, on parcels to the same country that they were not learned from."""

    leg: str
    """`ordered` for those told at the order, `transit` for those told at the handover."""
    share: float
    """0 to 1, of windows meant to be right nine times out of ten."""
    parcels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    shop: Shop
    number: str = ""
    first_name: str = ""
    placed_at: datetime | None = None
    currency: str = "EUR"
    total: Decimal = ZERO
    subtotal: Decimal = ZERO
    """Lines after discounts."""
    shipping: Decimal = ZERO
    tax: Decimal = ZERO
    discount: Decimal = ZERO
    discount_codes: tuple[str, ...] = ()
    payment_state: str = ""
    payment_method: str = ""
    paid_at: datetime | None = None
    cancelled_at: datetime | None = None
    shipping_method: str = ""
    promised_first: date | None = None
    promised_last: date | None = None
    """The days first told, from before anything was sent."""
    address: Mapping[str, str] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    proofs: tuple[Proof, ...] = ()
    refunds: tuple[Refund, ...] = ()

    @property
    def travelling(self) -> tuple[Parcel, ...]:
        """The parcels that count, in the order in which they were made ready."""
        return tuple(parcel for parcel in self.parcels if parcel.cancelled_at is None)
