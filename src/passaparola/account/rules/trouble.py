"""When something goes wrong: who is late, why, and what happens next."""

from dataclasses import dataclass, replace
from datetime import date

from passaparola.account.rules.known import Order, Parcel
from passaparola.account.rules.lead import carrier_or
from passaparola.account.rules.situation import Situation
from passaparola.account.rules.times import last_scan, local, may_be_in_time
from passaparola.account.rules.voice import Moment, first_upper
from passaparola.tracking.rules.delay import PROBABLY, DelayCause, delay_cause
from passaparola.tracking.rules.status import status_of

_EXPLAINED = frozenset({Situation.DELAYED, Situation.HELD, Situation.ATTEMPTED})


@dataclass(frozen=True, slots=True)
class Trouble:
    who: str
    why: str
    """Empty where nobody says; in the carrier's own words where it does."""
    next: str


def trouble(situation: Situation, order: Order, parcel: Parcel, moment: Moment) -> Trouble | None:
    """Explain a parcel that is late or stuck; None where all goes as told."""
    is_late_on_the_way = parcel.is_late and situation in {Situation.OUT, Situation.ON_THE_WAY}
    if situation not in _EXPLAINED and not is_late_on_the_way:
        return None
    cause = cause_of(situation, parcel, moment)
    return Trouble(
        _who(cause, order, parcel, moment),
        _why(cause, parcel, moment),
        _next(cause, situation, parcel, moment),
    )


def cause_of(situation: Situation, parcel: Parcel, moment: Moment) -> str:
    """Return whose doing it is: as it was found out, else as far as the state of things tells."""
    if parcel.delay_cause:
        return parcel.delay_cause
    if parcel.scans:
        status = status_of(parcel.scans)
        handed_over = replace(status, picked_up_at=status.picked_up_at or parcel.picked_up_at)
        return delay_cause(handed_over, zone=moment.zone, says_it_shipped=True)
    told = {Situation.ATTEMPTED: DelayCause.ATTEMPT, Situation.HELD: DelayCause.HELD}.get(situation)
    return told or (DelayCause.CARRIER if parcel.picked_up_at else DelayCause.SHOP)


def _who(cause: str, order: Order, parcel: Parcel, moment: Moment) -> str:
    _ = moment.voice.gettext
    if cause == DelayCause.SHOP:
        return _ours(order, parcel, moment)
    if cause == DelayCause.CLOSURE and (told := words_of(parcel, moment)):
        return told
    is_probable = (parcel.delay_confidence or 1) < PROBABLY
    sentences = {
        DelayCause.CARRIER: (
            _("%(carrier)s is slower with it than usual.")
            if may_be_in_time(parcel, moment)
            else _("%(carrier)s is late with it.")
        ),
        DelayCause.CUSTOMS: (
            _("The parcel is probably at the customs; nobody has told us yet.")
            if is_probable
            else _("The parcel is at the customs.")
        ),
        DelayCause.CLOSURE: _("A strike or a closure is holding it up."),
        DelayCause.HOLIDAY: (
            _("A public holiday on the way has probably held it up.")
            if is_probable
            else _("Public holidays on the way have held it up.")
        ),
        DelayCause.ATTEMPT: _("%(carrier)s found nobody, or could not get in."),
        DelayCause.HELD: _("%(carrier)s has stopped the parcel."),
    }
    said = sentences.get(cause) or _("%(carrier)s does not tell us where it is.")  # type: ignore[call-overload]
    return first_upper(said % {"carrier": carrier_or(parcel, moment)})


def _ours(order: Order, parcel: Parcel, moment: Moment) -> str:
    """Not yet handed over and handed over late are two things, and neither is the carrier's."""
    if parcel.picked_up_at is None:
        return moment.voice.gettext("We have not handed it over yet: the delay is ours.")
    days = int(parcel.delay_facts.get("shop_days") or 0)
    if not days:
        said = moment.voice.gettext("The delay is ours: %(shop)s was slower than we told you.")
        return said % {"shop": order.shop.name}
    return moment.voice.ngettext(
        "The delay is ours: we handed it over %(days)s working day later than planned.",
        "The delay is ours: we handed it over %(days)s working days later than planned.",
        days,
    ) % {"days": days}


def words_of(parcel: Parcel, moment: Moment) -> str:
    """Return the team's own sentence about a strike or closure, in the reader's language where there is one."""
    told = parcel.delay_facts.get("words") or {}
    return str(told.get(moment.voice.language) or next(iter(told.values()), "")).strip()


def _why(cause: str, parcel: Parcel, moment: Moment) -> str:
    if cause == DelayCause.HOLIDAY:
        return _holidays(parcel, moment)
    scan = last_scan(parcel, "held", "delayed", "attempted")
    if scan is None or not scan.words:
        return ""
    values = {
        "carrier": first_upper(carrier_or(parcel, moment)),
        "words": scan.words.strip(),
        "when": moment.stamp(local(scan, moment), has_time=scan.has_time),
    }
    return moment.voice.gettext("%(carrier)s says: “%(words)s” (%(when)s).") % values


def _holidays(parcel: Parcel, moment: Moment) -> str:
    """`1 May in France, 2 May in Spain.`"""
    days = [
        moment.voice.gettext("%(day)s in %(country)s")
        % {
            "day": moment.voice.short_day(date.fromisoformat(day), moment.today),
            "country": moment.voice.country(country),
        }
        for country, day in (parcel.delay_facts.get("holidays") or [])[:3]
    ]
    return f"{', '.join(days)}." if days else ""


def _next(cause: str, situation: Situation, parcel: Parcel, moment: Moment) -> str:
    _ = moment.voice.gettext
    if situation is Situation.ATTEMPTED:
        if parcel.link:
            return _("They usually come again the next working day; on their page you may choose when.")
        return _("They usually come again the next working day.")
    over = _("It goes on as soon as that is over; we write to you if the day changes again.")
    known = {
        DelayCause.CUSTOMS: _(
            "If the customs need something from you, they or we will ask; otherwise it goes on by itself."
        ),
        DelayCause.CLOSURE: over,
        DelayCause.HOLIDAY: over,
        DelayCause.HELD: _("If they need something from you, they or we will ask. You can also write to us."),
    }
    if cause == DelayCause.SHOP and parcel.picked_up_at is None:
        return _("It leaves as soon as we can; you need not do anything.")
    if may_be_in_time(parcel, moment) and cause not in known:
        return _("We keep an eye on it and write to you if it comes later than we told you.")
    return known.get(cause) or _("We keep an eye on it and write to you if the day changes again.")  # type: ignore[call-overload]
