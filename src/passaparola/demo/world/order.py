"""One order of the world, with everything that will ever happen to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from passaparola.demo.world.goods import GLAZES, Product
from passaparola.demo.world.people import Person
from passaparola.demo.world.places import Address
from passaparola.demo.world.ways import Carrier
from passaparola.tracking.carrier import ScanState

CENT = Decimal("0.01")
ZERO = Decimal(0)
VAT = Decimal(22)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    id: int
    product: Product
    glaze: str
    quantity: int
    discount: Decimal = ZERO

    @property
    def before(self) -> Decimal:
        return self.product.price * self.quantity

    @property
    def total(self) -> Decimal:
        return self.before - self.discount

    def name(self, language: str) -> str:
        return self.product.name(language)

    def variant(self, language: str) -> str:
        glaze = GLAZES[self.glaze]
        return glaze.italian if language == "it" else glaze.english

    @property
    def sku(self) -> str:
        return f"{self.product.key}-{self.glaze}".upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """So many pieces of the item at `index` in its order."""

    index: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happens to a parcel, as the carrier sees it."""

    state: ScanState
    at: datetime
    place: str
    country: str
    words: str
    due: date | None = None
    """The day the carrier names for the delivery, from now on."""
    due_hours: tuple[int, int] | None = None
    pause: tuple[int, int] | None = None
    """Seconds before it happens in the demo, least and most, where they differ from the usual: time to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    id: int
    carrier: Carrier
    number: str
    contents: tuple[Content, ...]
    packed_at: datetime
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    id: int
    at: datetime
    amount: Decimal
    reason: str
    contents: tuple[Content, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    id: int
    number: str
    channel: str
    person: Person
    to: Address
    language: str
    items: tuple[Item, ...]
    shipping: Decimal
    shipping_method: str
    payment: str
    placed_at: datetime
    paid_at: datetime | None
    coupon: str = ""
    note: str = ""
    cancelled_at: datetime | None = None
    parcels: tuple[Parcel, ...] = ()
    refunds: tuple[Refund, ...] = ()

    @property
    def before(self) -> Decimal:
        return sum((item.before for item in self.items), ZERO)

    @property
    def discount(self) -> Decimal:
        return sum((item.discount for item in self.items), ZERO)

    @property
    def subtotal(self) -> Decimal:
        return self.before - self.discount

    @property
    def total(self) -> Decimal:
        return self.subtotal + self.shipping

    @property
    def refunded(self) -> Decimal:
        return sum((refund.amount for refund in self.refunds), ZERO)

    @property
    def taxed(self) -> bool:
        """Whether VAT is in the prices: exports go without."""
        return self.to.town.country not in {"GB", "CH", "US"}

    def tax_in(self, amount: Decimal) -> Decimal:
        return (amount * VAT / (100 + VAT)).quantize(CENT) if self.taxed else ZERO

    @property
    def last_at(self) -> datetime:
        """When the shop system last changed it: parcels on the road don't change it."""
        return max(at for name, at in self.times() if not name.startswith("step"))

    def times(self) -> Iterator[tuple[str, datetime]]:
        """Name everything that happens, with its time. The names are the same however it is moved in time."""
        yield "placed", self.placed_at
        if self.paid_at:
            yield "paid", self.paid_at
        if self.cancelled_at:
            yield "cancelled", self.cancelled_at
        for p, parcel in enumerate(self.parcels):
            yield f"packed {p}", parcel.packed_at
            for s, step in enumerate(parcel.steps):
                yield f"step {p} {s}", step.at
        for r, refund in enumerate(self.refunds):
            yield f"refunded {r}", refund.at

    def plan(self) -> list[tuple[datetime, str]]:
        """Everything that happens, in order of time."""
        return sorted((at, name) for name, at in self.times())


def as_told(order: Order, times: Mapping[str, datetime]) -> Order:
    """Return the order with only what `times` names, at the times it gives."""
    parcels = []
    for p, parcel in enumerate(order.parcels):
        if f"packed {p}" in times:
            steps = [
                replace(step, at=times[name])
                for s, step in enumerate(parcel.steps)
                if (name := f"step {p} {s}") in times
            ]
            parcels.append(replace(parcel, packed_at=times[f"packed {p}"], steps=tuple(steps)))
    refunds = tuple(
        replace(refund, at=times[name])
        for r, refund in enumerate(order.refunds)
        if (name := f"refunded {r}") in times
    )
    return replace(
        order,
        placed_at=times["placed"],
        paid_at=times.get("paid"),
        cancelled_at=times.get("cancelled"),
        parcels=tuple(parcels),
        refunds=refunds,
    )


def as_of(order: Order, now: datetime) -> Order:
    """Return the order as the shop knows it at that time."""
    return as_told(order, {name: at for name, at in order.times() if at <= now})
