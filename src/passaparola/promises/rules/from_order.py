"""The promises that an order makes by itself, and whether they came true. Values in, answers out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """One promise that follows from an order. `kept_at` and `withdrawn_at` as the rows say now."""

    kind: str
    made_at: datetime
    due_at: datetime
    kept_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSaid:
    """What the promises of one order are derived from."""

    placed_at: datetime
    arrives_by: datetime | None
    """The end of the last day first shown."""
    hand_over_by: datetime
    came_at: datetime | None
    handed_over_at: datetime | None
    called_off_at: datetime | None
    """Cancelled, or deleted at the source, as it stands now."""
    cancelled_first_at: datetime | None
    """As `called_off_at`, but staying when the shop takes it back."""
    is_paid: bool = False
    total: Decimal = Decimal(0)
    given_back: Sequence[tuple[datetime, Decimal]] = ()
    is_settled_elsewhere: bool = False
    """The payment was given back or never collected, says the shop system."""
    refund_by: datetime | None = None
    refund_by_law: datetime | None = None


def promises_of(order: OrderSaid) -> Iterator[Follows]:
    """Yield what the order promises: its day of arrival, its handing over, and the money where it is owed."""
    if order.arrives_by is not None:
        # Who has all their money back waits for nothing any more.
        called_off = _earliest(order.called_off_at, money_back_at(order) if order.total > 0 else None)
        handed = _earliest(order.handed_over_at, order.came_at)
        yield _follows("delivery", order, order.arrives_by, order.came_at, called_off)
        yield _follows("shipping", order, order.hand_over_by, handed, called_off)
    since = order.cancelled_first_at
    if since is not None and order.is_paid and order.total > 0:
        paid_back = money_back_at(order)
        taken_back = since if order.called_off_at is None else None
        for kind, due in (("refund", order.refund_by), ("refund_law", order.refund_by_law)):
            if due is not None:
                yield Follows(
                    kind=kind, made_at=since, due_at=due, kept_at=paid_back, withdrawn_at=taken_back
                )


def _follows(
    kind: str, order: OrderSaid, due: datetime, kept: datetime | None, called_off: datetime | None
) -> Follows:
    withdrawn = None if kept else called_off
    return Follows(kind=kind, made_at=order.placed_at, due_at=due, kept_at=kept, withdrawn_at=withdrawn)


def money_back_at(order: OrderSaid) -> datetime | None:
    """Return when all of it had been given back: a part is not what was promised."""
    reached = Decimal(0)
    for at, amount in sorted(order.given_back):
        reached += amount
        if reached >= order.total:
            return at
    return order.cancelled_first_at if order.is_settled_elsewhere else None


def _earliest(*times: datetime | None) -> datetime | None:
    return min((at for at in times if at), default=None)


def handed_over_at(parcels: Iterable[tuple[datetime | None, datetime | None, bool]]) -> datetime | None:
    """Return when the first parcel left: (picked up, announced, can be followed).

    What nobody can follow has left when the shop said so; of others only a scan proves it.
    """
    return _earliest(*(picked or (None if followed else told) for picked, told, followed in parcels))
