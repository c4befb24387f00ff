"""When something goes wrong: who is late, why, and what happens next."""

from dataclasses import dataclass

from passaparola.account.rules.known import Order, Parcel
from passaparola.account.rules.lead import carrier_or
from passaparola.account.rules.situation import Situation
from passaparola.account.rules.times import last_scan, local
from passaparola.account.rules.voice import Moment, first_upper

_EXPLAINED = frozenset({Situation.DELAYED, Situation.HELD, Situation.ATTEMPTED})
_CUSTOMS = ("dogan", "svincol", "customs", "clearance", "import dut", "zoll", "douan")


@dataclass(frozen=True, slots=True)
class Trouble:
    who: str
    why: str
    """Empty where nobody says; in the carrier's own words where it does."""
    next: str


def trouble(situation: Situation, order: Order, parcel: Parcel, moment: Moment) -> Trouble | None:
    """Explain a parcel that is late or stuck; None where all goes as told."""
    is_late_on_the_van = parcel.is_late and situation in {Situation.OUT, Situation.ON_THE_WAY}
    if situation not in _EXPLAINED and not is_late_on_the_van:
        return None
    return Trouble(
        _who(situation, order, parcel, moment), _why(parcel, moment), _next(situation, parcel, moment)
    )


def _who(situation: Situation, order: Order, parcel: Parcel, moment: Moment) -> str:
    say, carrier = moment.voice.gettext, carrier_or(parcel, moment)
    if is_at_customs(parcel):
        return say("The parcel is at the customs.")
    if situation is Situation.ATTEMPTED:
        return first_upper(say("%(carrier)s found nobody, or could not get in.") % {"carrier": carrier})
    if parcel.picked_up_at is None:
        return say("The delay is ours: %(shop)s has not handed it over yet.") % {"shop": order.shop.name}
    if situation is Situation.HELD:
        return first_upper(say("%(carrier)s has stopped the parcel.") % {"carrier": carrier})
    return first_upper(say("%(carrier)s is late with it.") % {"carrier": carrier})


def is_at_customs(parcel: Parcel) -> bool:
    scan = last_scan(parcel, "held", "delayed")
    said = f"{scan.words} {scan.code}".casefold() if scan and scan == last_scan(parcel) else ""
    return any(word in said for word in _CUSTOMS)


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
    say = moment.voice.gettext
    if situation is Situation.ATTEMPTED:
        if parcel.link:
            return say("They usually come again the next working day; on their page you may choose when.")
        return say("They usually come again the next working day.")
    if situation is Situation.HELD:
        return say("If they need something from you, they or we will ask. You can also write to us.")
    return say("We keep an eye on it and write to you if the day changes again.")
