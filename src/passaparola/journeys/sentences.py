"""How the events of journeys are told on a timeline."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from passaparola.kernel.ui.sentences import Data, Sentence


def _years(data: Data, currency: str) -> str:
    del currency
    years = int(data.get("years") or 1)
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}


def _days(data: Data, currency: str) -> str:
    del currency
    days = int(data.get("days") or 1)
    return ngettext("%(n)d day since the last order", "%(n)d days since the last order", days) % {"n": days}


SENTENCES = {
    "BirthdayCame": Sentence(_("Birthday"), "cake", "accent"),
    "AnniversaryCame": Sentence(_("Anniversary of the first order"), "party-popper", "accent", _years),
    "CustomerMissed": Sentence(_("Would usually have ordered again by now"), "calendar-clock", "warn", _days),
    "ToDoDone": Sentence(
        _("Looked after by the team"), "user-check", "good", lambda data, _c: str(data.get("note") or "")
    ),
}
