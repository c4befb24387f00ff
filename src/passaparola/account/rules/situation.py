"""Where one parcel, and the whole order, stands: the one thing the headline is about."""

from datetime import date, timedelta
from enum import StrEnum

from passaparola.account.rules.contents import still_to_come
from passaparola.account.rules.known import Order, Parcel
from passaparola.account.rules.voice import Moment
from passaparola.tracking.carrier import ScanState

LONG_AGO = timedelta(days=60)
"""After so long without any news a page no longer says what comes next, only what is known."""


class Situation(StrEnum):
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    NOTHING_TO_SEND = "nothing_to_send"
    UNPAID = "unpaid"
    PACKING = "packing"
    LONG_AGO = "long_ago"
    ANNOUNCED = "announced"
    """Packed; the carrier does not have it yet."""
    SENT = "sent"
    """By the shop's word only: it travels without a number."""
    ON_THE_WAY = "on_the_way"
    OUT = "out"
    PICKUP = "pickup"
    ATTEMPTED = "attempted"
    HELD = "held"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    LOST = "lost"


_BY_STATE: dict[str, Situation] = {
    ScanState.DELIVERED: Situation.DELIVERED,
    ScanState.RETURNING: Situation.RETURNING,
    ScanState.RETURNED: Situation.RETURNED,
    ScanState.LOST: Situation.LOST,
    ScanState.READY_FOR_PICKUP: Situation.PICKUP,
    ScanState.ATTEMPTED: Situation.ATTEMPTED,
    ScanState.HELD: Situation.HELD,
    ScanState.DELAYED: Situation.DELAYED,
}

_FIRST_TOLD = (
    Situation.OUT,
    Situation.PICKUP,
    Situation.ATTEMPTED,
    Situation.ON_THE_WAY,
    Situation.DELAYED,
    Situation.HELD,
    Situation.ANNOUNCED,
    Situation.SENT,
    Situation.LOST,
    Situation.RETURNING,
    Situation.RETURNED,
    Situation.LONG_AGO,
    Situation.DELIVERED,
)
"""Of several parcels, whose news is the answer: what the customer can expect or has to do next."""

OPEN = frozenset(_FIRST_TOLD) - {Situation.DELIVERED, Situation.RETURNED, Situation.LONG_AGO}


def of_parcel(parcel: Parcel, moment: Moment) -> Situation:
    known = _BY_STATE.get(parcel.state) or (Situation.DELIVERED if parcel.delivered_at else None)
    if known:
        return known
    if _is_old(parcel, moment):
        return Situation.LONG_AGO
    if parcel.state == ScanState.OUT_FOR_DELIVERY and not _is_yesterdays_tour(parcel, moment):
        return Situation.OUT
    if parcel.is_late or _is_overdue(parcel, moment):
        return Situation.DELAYED
    if parcel.picked_up_at or parcel.state in {ScanState.PICKED_UP, ScanState.IN_TRANSIT}:
        return Situation.ON_THE_WAY
    return Situation.ANNOUNCED if parcel.number else Situation.SENT


def _is_old(parcel: Parcel, moment: Moment) -> bool:
    times = [parcel.announced_at, parcel.picked_up_at, *(scan.at for scan in parcel.scans)]
    heard = max((at for at in times if at), default=None)
    return heard is not None and moment.now - heard > LONG_AGO


def _is_overdue(parcel: Parcel, moment: Moment) -> bool:
    """The day it should have come is over, even if nobody has called it late yet."""
    last = parcel.arrival_last or parcel.arrival_first
    return parcel.state == ScanState.OUT_FOR_DELIVERY or (last is not None and last < moment.today)


def _is_yesterdays_tour(parcel: Parcel, moment: Moment) -> bool:
    tour = parcel.out_for_delivery_at
    return tour is not None and moment.local(tour).date() < moment.today


def of_order(order: Order, moment: Moment) -> tuple[Situation, Parcel | None]:
    """Return the situation the page speaks of first, and the parcel that is in it."""
    if order.cancelled_at:
        return Situation.CANCELLED, None
    ranked = sorted(
        ((of_parcel(parcel, moment), parcel) for parcel in order.travelling),
        key=lambda pair: (_FIRST_TOLD.index(pair[0]), *_order_among_equals(*pair)),
    )
    if ranked and (ranked[0][0] in OPEN or not still_to_come(order)):
        return ranked[0]
    return _before_any_parcel(order, moment), None


def _order_among_equals(situation: Situation, parcel: Parcel) -> tuple[float, date]:
    """What comes first is told first; once all has come, the parcel that made it complete."""
    came = parcel.delivered_at if situation is Situation.DELIVERED else None
    return -came.timestamp() if came else 0, parcel.arrival_last or date.max


def _before_any_parcel(order: Order, moment: Moment) -> Situation:
    if order.payment_state == "refunded":
        return Situation.REFUNDED
    if order.items and not any(item.needs_shipping for item in order.items):
        return Situation.NOTHING_TO_SEND
    if order.placed_at and moment.now - order.placed_at > LONG_AGO:
        return Situation.LONG_AGO
    if order.payment_state in {"pending", "voided"} and not is_paid_at_the_door(order.payment_method):
        return Situation.UNPAID
    return Situation.PACKING


def is_paid_at_the_door(method: str) -> bool:
    """Nothing is waited for where the courier takes the money."""
    said = method.casefold()
    return any(word in said for word in ("contrassegno", "cash on delivery", "cod", "alla consegna"))
