"""What one can do oneself, where a parcel is now: a few plain answers that change with the state."""

from dataclasses import dataclass

from passaparola.account.rules.known import Parcel
from passaparola.account.rules.lead import carrier_or
from passaparola.account.rules.situation import Situation
from passaparola.account.rules.trouble import cause_of
from passaparola.account.rules.voice import Moment, first_upper
from passaparola.tracking.rules.delay import DelayCause


@dataclass(frozen=True, slots=True)
class Hint:
    question: str
    answer: str
    url: str = ""
    """Relative to the order's page, or the carrier's own."""
    label: str = ""


def hints(situation: Situation, parcel: Parcel, moment: Moment) -> tuple[Hint, ...]:
    _ = moment.voice.gettext
    if situation in {Situation.OUT, Situation.ON_THE_WAY, Situation.DELAYED}:
        return (_not_home(parcel, moment),)
    if situation is Situation.ATTEMPTED:
        return (_not_home(parcel, moment), _wrong_address(moment))
    if situation is Situation.PICKUP:
        return (_pickup(moment),)
    if situation is Situation.HELD:
        is_customs = cause_of(situation, parcel, moment) == DelayCause.CUSTOMS
        return (_customs(moment),) if is_customs else (_wrong_address(moment),)
    if situation is Situation.DELIVERED:
        return (
            Hint(
                _("I don’t have it"),
                _("Then we go through the usual places together, and look for it if it is in none of them."),
                "missing/",
                _("It is not here"),
            ),
        )
    return ()


def _not_home(parcel: Parcel, moment: Moment) -> Hint:
    _, carrier = moment.voice.gettext, carrier_or(parcel, moment)
    answer = _(
        "%(carrier)s usually tries again the next working day, or leaves it at a pick-up point near you."
    )
    if parcel.link:
        answer = _(
            "On the page of %(carrier)s you may choose another day, a neighbour or a pick-up point. Otherwise they"
            " usually try again the next working day."
        )
    said = first_upper(answer % {"carrier": carrier})
    return Hint(_("I am not at home"), said, parcel.link, _("Choose there") if parcel.link else "")


def _pickup(moment: Moment) -> Hint:
    _ = moment.voice.gettext
    return Hint(
        _("What do I need to collect it?"),
        _(
            "Your identity card and the tracking number. Somebody else may go: give them both. Most places keep a"
            " parcel for a week to ten days; then it comes back to us."
        ),
    )


def _customs(moment: Moment) -> Hint:
    _ = moment.voice.gettext
    return Hint(
        _("What does the customs want?"),
        _(
            "Mostly only time: one to three working days. If duty is to be paid, the courier writes to you before"
            " anything else happens. Pay only on the courier’s own page, never by a link in a text message."
        ),
    )


def _wrong_address(moment: Moment) -> Hint:
    _ = moment.voice.gettext
    return Hint(
        _("Is the address right?"),
        _("Look at it under “Deliver to”. If a name on the bell or a number is missing, tell us now."),
        "change/",
        _("Tell us"),
    )


def why_several(parcels: tuple[Parcel, ...], moment: Moment) -> str:
    """Say why an order travels in several parcels, as far as what is known tells; empty for a single one."""
    _ = moment.voice.gettext
    if len(parcels) < 2:  # noqa: PLR2004 - one parcel needs no reason
        return ""
    days = {moment.local(parcel.announced_at).date() for parcel in parcels if parcel.announced_at}
    carriers = {parcel.carrier for parcel in parcels if parcel.carrier}
    shared = {parcel.fulfilment for parcel in parcels}
    if len(days) > 1:
        return _(
            "What was ready left first, so that you need not wait for the rest. You pay shipping only once."
        )
    if len(carriers) > 1:
        return _("Some things travel better with another courier, so the parcels may come on different days.")
    if len(shared) == 1:
        return _("It did not fit into one box. The boxes may come apart, even on different days.")
    return _("It was packed in several parcels, which may come on different days.")
