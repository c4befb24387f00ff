"""The answer first: one line that says when it comes, or what happened instead."""

from datetime import date, time

from passaparola.account.rules.known import Order, Parcel
from passaparola.account.rules.situation import Situation
from passaparola.account.rules.times import arrived_at, comes_on, may_be_in_time, told_at
from passaparola.account.rules.voice import Moment, clock, first_upper


def headline(situation: Situation, order: Order, parcel: Parcel | None, moment: Moment) -> str:
    """Return the answer. Never empty: what nobody told us is left out of it."""
    if parcel is None:
        return _without_parcel(situation, order, moment)
    if situation in {Situation.OUT, Situation.ON_THE_WAY}:
        return _arriving(situation, parcel, moment)
    if situation is Situation.DELAYED:
        return _delayed(parcel, moment)
    if situation is Situation.DELIVERED:
        return _delivered(parcel, moment)
    return _waiting(situation, parcel, moment)


def _without_parcel(situation: Situation, order: Order, moment: Moment) -> str:
    _ = moment.voice.gettext
    if situation is Situation.LONG_AGO and order.placed_at:
        placed = moment.full_day(moment.local(order.placed_at).date())
        return _("Ordered on %(day)s") % {"day": placed}
    if situation is Situation.PACKING and order.promised_last and order.promised_last < moment.today:
        return (
            _("Delayed: we have not sent it yet")
            if not order.travelling
            else _("Delayed: the rest is still here")
        )
    if situation is Situation.PACKING and order.travelling:
        return _("We are packing the rest")
    return {
        Situation.CANCELLED: _("Cancelled"),
        Situation.REFUNDED: _("Refunded"),
        Situation.NOTHING_TO_SEND: _("Your order is complete"),
        Situation.UNPAID: _("Waiting for your payment"),
    }.get(situation) or _("We are packing it")


def _waiting(situation: Situation, parcel: Parcel, moment: Moment) -> str:
    _ = moment.voice.gettext
    if situation is Situation.ATTEMPTED:
        return _attempted(parcel, moment)
    if situation in {Situation.SENT, Situation.LONG_AGO} and parcel.announced_at:
        return _on(moment, moment.local(parcel.announced_at).date(), _("Sent %(day)s"), _("Sent on %(day)s"))
    return {
        Situation.ANNOUNCED: _("Packed and ready to leave"),
        Situation.PICKUP: _("Waiting for you at the pick-up point"),
        Situation.HELD: _("Held up on the way"),
        Situation.RETURNING: _("On its way back to us"),
        Situation.RETURNED: _("Back with us"),
        Situation.LOST: _("We are looking for your parcel"),
    }.get(situation) or _("Left us")


def _arriving(situation: Situation, parcel: Parcel, moment: Moment) -> str:
    _ = moment.voice.gettext
    first, last = comes_on(parcel, moment)
    if situation is Situation.OUT:
        first = last = moment.today
    if first is None or last is None:
        return _("On its way")
    if first != last:
        return _("Arriving between %(first)s and %(last)s") % {
            "first": moment.day(first),
            "last": moment.day(last),
        }
    since, until = hours(parcel, last, moment)
    values = {"day": moment.day(last), "from": since and clock(since), "until": until and clock(until)}
    if since and until:
        return _("Arriving %(day)s, between %(from)s and %(until)s") % values
    if until:
        return _("Arriving %(day)s, by %(until)s") % values
    return _("Arriving %(day)s") % values


def hours(parcel: Parcel, day: date, moment: Moment) -> tuple[time | None, time | None]:
    """Return the hours told for that day; nothing once they are over: then they only irritate."""
    since, until = parcel.arrival_from, parcel.arrival_until
    if until is None or parcel.arrival_last not in {None, day} or moment.at(day, until) <= moment.now:
        return None, None
    return since if since and since < until else None, until


def _delayed(parcel: Parcel, moment: Moment) -> str:
    _ = moment.voice.gettext
    first, last = comes_on(parcel, moment)
    if first is None or last is None:
        return _("Delayed: we are finding out the new day")
    is_open = may_be_in_time(parcel, moment)
    if first != last:
        days = {"first": moment.day(first), "last": moment.day(last)}
        if is_open:
            return _("May take longer: still expected between %(first)s and %(last)s") % days
        return _("Delayed: now expected between %(first)s and %(last)s") % days
    values = {"day": moment.day(last) if moment.is_near(last) else moment.full_day(last)}
    if is_open:
        return _("May take longer: still expected %(day)s") % values
    return _("Delayed: now expected %(day)s") % values


def _attempted(parcel: Parcel, moment: Moment) -> str:
    _ = moment.voice.gettext
    first, last = comes_on(parcel, moment)
    tried = told_at(parcel, "attempted", moment)
    if first and first == last and tried and tried.date() < first:
        return _("Next attempt %(day)s") % {"day": moment.day(first)}
    if tried is None:
        return _("The courier could not deliver")
    today = _("The courier could not deliver %(day)s")
    return _on(moment, tried.date(), today, _("The courier could not deliver on %(day)s"))


def _delivered(parcel: Parcel, moment: Moment) -> str:
    _ = moment.voice.gettext
    at, has_time = arrived_at(parcel, moment)
    if at is None:
        return _("Delivered")
    if not has_time:
        return _on(moment, at.date(), _("Delivered %(day)s"), _("Delivered on %(day)s"))
    near, far = _("Delivered %(day)s at %(time)s"), _("Delivered on %(day)s at %(time)s")
    return _on(moment, at.date(), near, far, time=clock(at))


def _on(moment: Moment, day: date, near: str, far: str, **values: str) -> str:
    """English says `yesterday` but `on Tuesday 18 November`."""
    values["day"] = moment.day(day) if moment.is_near(day) else moment.full_day(day)
    return first_upper((near if moment.is_near(day) else far) % values)
