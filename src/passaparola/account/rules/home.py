"""The home of the account: what comes, what needs you, what was. Values in, words out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from passaparola.account.rules.headline import headline
from passaparola.account.rules.known import Order
from passaparola.account.rules.lead import lead
from passaparola.account.rules.situation import OPEN, Situation, of_order
from passaparola.account.rules.steps import segments
from passaparola.account.rules.voice import Moment

JUST_ARRIVED = timedelta(days=3)
"""So long what has arrived stays among what is on its way: that is when people look for it."""
_MORNING, _AFTERNOON, _EVENING = 5, 13, 18
_UNDER_WAY = OPEN | {Situation.PACKING, Situation.UNPAID}
_NEEDS_THEM = {Situation.PICKUP, Situation.ATTEMPTED, Situation.UNPAID}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One order under way, answered as on its own page."""

    url: str
    number: str
    headline: str
    lead: str
    segments: tuple[str, ...]
    pictures: tuple[str, ...]
    needs_them: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """One order as the list knows it."""

    pk: int
    url: str
    number: str
    placed_at: datetime
    total: Decimal
    currency: str
    pictures: tuple[str, ...]
    names: tuple[str, ...]
    is_cancelled: bool
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Open:
    """One order as the list knows it, and all that its own page would tell."""

    bought: Bought
    order: Order


@dataclass(frozen=True, slots=True)
class ToSend:
    """A return that waits for the customer: it was agreed to and nothing of it has left yet."""

    url: str
    number: str
    send_by: datetime | None


@dataclass(frozen=True, slots=True)
class Errand:
    """Something the customer has to do."""

    url: str
    words: str


def errands(returns: Sequence[ToSend], moment: Moment) -> list[Errand]:
    return [Errand(one.url, _to_send(one, moment)) for one in returns]


def _to_send(one: ToSend, moment: Moment) -> str:
    _ = moment.voice.gettext
    if one.send_by is None:
        return _("Send back what you return: %(number)s") % {"number": one.number}
    day = moment.day(moment.local(one.send_by).date())
    return _("Send back what you return by %(day)s: %(number)s") % {"day": day, "number": one.number}


@dataclass(frozen=True, slots=True)
class Past:
    url: str
    what: str
    """`Piatto Luna, Tazza Alba and 2 more`."""
    when: str
    amount: str
    picture: str


def coming(orders: Iterable[Open], moment: Moment) -> list[Coming]:
    """Tell what is under way or has just arrived, what needs the customer first."""
    told = [_coming(one.bought, one.order, moment) for one in orders]
    return sorted((one for one in told if one), key=lambda one: not one.needs_them)


def _coming(bought: Bought, order: Order, moment: Moment) -> Coming | None:
    situation, parcel = of_order(order, moment)
    arrived = max((one.delivered_at for one in order.travelling if one.delivered_at), default=None)
    is_new = arrived is not None and moment.now - arrived <= JUST_ARRIVED
    if situation not in _UNDER_WAY and not (situation is Situation.DELIVERED and is_new):
        return None
    return Coming(
        url=bought.url,
        number=order.number,
        headline=headline(situation, order, parcel, moment),
        lead=lead(situation, order, parcel, moment),
        segments=segments(situation, parcel),
        pictures=bought.pictures[:4],
        needs_them=situation in _NEEDS_THEM,
    )


def past(orders: Sequence[Bought], moment: Moment) -> list[Past]:
    return [_past(order, moment) for order in orders]


def _past(order: Bought, moment: Moment) -> Past:
    _ = moment.voice.gettext
    day = moment.full_day(moment.local(order.placed_at).date())
    when = _("Cancelled; ordered on %(day)s") if order.is_cancelled else _("Ordered on %(day)s")
    return Past(
        url=order.url,
        what=named(order.names, order.number, moment),
        when=when % {"day": day},
        amount=moment.voice.money(order.total, order.currency) if order.total else "",
        picture=order.pictures[0] if order.pictures else "",
    )


def named(names: Sequence[str], number: str, moment: Moment) -> str:
    """`Piatto Luna, Tazza Alba and 2 more`; the order's number where nobody knows what was in it."""
    shown, more = list(dict.fromkeys(names)), 0
    if not shown:
        return number
    shown, more = shown[:2], len(shown) - 2
    said = ", ".join(shown)
    if more <= 0:
        return said
    count = moment.voice.ngettext("%(what)s and %(count)s more", "%(what)s and %(count)s more", more)
    return count % {"what": said, "count": more}


def greeting(first_name: str, moment: Moment) -> str:
    """`Good evening, Giulia`, by the shop's clock."""
    _, hour = moment.voice.gettext, moment.local(moment.now).hour
    part = _("Good evening")
    if _MORNING <= hour < _EVENING:
        part = _("Good morning") if hour < _AFTERNOON else _("Good afternoon")
    return f"{part}, {first_name}" if first_name else part


def warm_line(
    coming: Sequence[Coming], orders: Sequence[Bought], moment: Moment, *, errands: Sequence[Errand] = ()
) -> str:
    """One line under the greeting, about how things are between the two."""
    _ = moment.voice.gettext
    if errands or any(one.needs_them for one in coming):
        return _("Something is waiting for you: look at the first one.")
    if coming:
        return moment.voice.ngettext(
            "One order is on its way. You need not do anything.",
            "%(count)s orders are on their way. You need not do anything.",
            len(coming),
        ) % {"count": len(coming)}
    if not orders:
        return _("Your orders with this address will appear here.")
    return _("Nothing is on its way at the moment. Here is everything you have bought from us.")
