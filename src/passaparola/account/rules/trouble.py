"""When something goes wrong: who is late, why, and what happens next."""

from dataclasses import dataclass, replace

from passaparola.account.rules.known import Order, Parcel
from passaparola.account.rules.lead import carrier_or
from passaparola.account.rules.situation import Situation
from passaparola.account.rules.times import last_scan, local
from passaparola.account.rules.voice import Moment, first_upper
from passaparola.tracking.rules.delay import DelayCause, delay_cause
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
    return Trouble(
        _who(cause_of(situation, parcel, moment), order, parcel, moment),
        _why(parcel, moment),
        _next(situation, parcel, moment),
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
    sentences = {
        DelayCause.SHOP: _("The delay is ours: %(shop)s was slower than we told you."),
        DelayCause.CARRIER: _("%(carrier)s is late with it."),
        DelayCause.CUSTOMS: _("The parcel is at the customs."),
        DelayCause.ATTEMPT: _("%(carrier)s found nobody, or could not get in."),
        DelayCause.HELD: _("%(carrier)s has stopped the parcel."),
    }
    said = sentences.get(cause) or _("%(carrier)s does not tell us where it is.")  # type: ignore[call-overload]
    return first_upper(said % {"carrier": carrier_or(parcel, moment), "shop": order.shop.name})


def _why(parcel: Parcel, moment: Moment) -> str:
    scan = last_scan(parcel, "held", "delayed", "attempted")
    if scan is None or not scan.words:
        return ""
    values = {
        "carrier": first_upper(carrier_or(parcel, moment)),
        "words": scan.words.strip(),
        "when": moment.stamp(local(scan, moment), has_time=scan.has_time),
    }
    return moment.voice.gettext("%(carrier)s says: “%(words)s” (%(when)s).") % values


def _next(situation: Situation, parcel: Parcel, moment: Moment) -> str:
    _ = moment.voice.gettext
    if situation is Situation.ATTEMPTED:
        if parcel.link:
            return _("They usually come again the next working day; on their page you may choose when.")
        return _("They usually come again the next working day.")
    if situation is Situation.HELD:
        return _("If they need something from you, they or we will ask. You can also write to us.")
    return _("We keep an eye on it and write to you if the day changes again.")
