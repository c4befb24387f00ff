"""What help says of an order: its state as a customer names it, and its own dates."""

from passaparola.account.rules.known import Order, Parcel
from passaparola.account.rules.lead import carrier_or
from passaparola.account.rules.situation import Situation
from passaparola.account.rules.times import arrived_at, comes_on
from passaparola.account.rules.voice import Moment

_MOMENTS = {
    Situation.PACKING: "packing",
    Situation.UNPAID: "packing",
    Situation.ANNOUNCED: "packing",
    Situation.SENT: "travelling",
    Situation.ON_THE_WAY: "travelling",
    Situation.OUT: "travelling",
    Situation.DELAYED: "late",
    Situation.HELD: "late",
    Situation.LOST: "late",
    Situation.PICKUP: "pickup",
    Situation.ATTEMPTED: "pickup",
    Situation.DELIVERED: "delivered",
    Situation.NOTHING_TO_SEND: "delivered",
    Situation.RETURNING: "back",
    Situation.RETURNED: "back",
    Situation.REFUNDED: "back",
    Situation.CANCELLED: "back",
}
"""A key of `guides.rules.kinds.MOMENTS` for each situation that has questions of its own."""


def moment_of_order(situation: Situation) -> str:
    return _MOMENTS.get(situation, "")


def values_of(order: Order, parcel: Parcel | None, moment: Moment) -> dict[str, str]:
    """Return what may be filled into a text; empty for what nobody knows."""
    return {
        "first_name": order.first_name,
        "order": order.number,
        "shop": order.shop.name,
        "arrival": _arrival(order, parcel, moment),
        "delivered": _delivered(order, moment),
        "carrier": carrier_or(parcel, moment) if parcel else "",
    }


def _arrival(order: Order, parcel: Parcel | None, moment: Moment) -> str:
    first, last = comes_on(parcel, moment) if parcel else (None, None)
    if parcel is None and order.promised_last and order.promised_last >= moment.today:
        first, last = max(order.promised_first or order.promised_last, moment.today), order.promised_last
    if first is None or last is None or order.cancelled_at:
        return ""
    if first == last:
        return moment.day(last)
    days = {"first": moment.day(first), "last": moment.day(last)}
    return moment.voice.gettext("between %(first)s and %(last)s") % days


def _delivered(order: Order, moment: Moment) -> str:
    """The day on which the last parcel came; nothing while one is missing."""
    days = [arrived_at(parcel, moment)[0] for parcel in order.travelling]
    if not days or any(day is None for day in days):
        return ""
    return moment.day(max(day.date() for day in days if day))
