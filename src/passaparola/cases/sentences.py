"""How the events of cases are told on a timeline, and the words for troubles."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passaparola.cases.remedy import REMEDIES
from passaparola.kernel.ui import formats
from passaparola.kernel.ui.sentences import Data, Sentence, register

TROUBLES: dict[str, tuple[str | Promise, str]] = {
    "late_parcel": (_("A parcel is late"), "clock"),
    "stalled_parcel": (_("A parcel stands still"), "circle-pause"),
    "lost_parcel": (_("A parcel is lost"), "package-x"),
    "returning_parcel": (_("A parcel comes back"), "undo-2"),
    "overdue_order": (_("Not sent, and the day is over"), "package-x"),
    "damaged": (_("Something arrived broken"), "package-open"),
    "return": (_("A return"), "undo-2"),
    "refund_owed": (_("Money is owed"), "banknote"),
    "complaint": (_("A complaint"), "message-square-warning"),
    "low_score": (_("A low score"), "frown"),
    "bad_review": (_("A bad review"), "star-off"),
    "broken_promise": (_("A promise was broken"), "heart-crack"),
    "endangered_promise": (_("A promise is in danger"), "triangle-alert"),
}
"""By kind: what it is called, and its icon."""


def trouble(kind: str) -> str:
    return str(TROUBLES.get(kind, TROUBLES["complaint"])[0])


def _cause(data: Data, currency: str) -> str:
    del currency
    return trouble(str(data.get("cause", "")))


def _remedy(data: Data, currency: str) -> str:
    kind = REMEDIES.get(str(data.get("remedy", "")))
    amount, code = str(data.get("amount") or ""), str(data.get("code") or "")
    money = formats.money(amount, currency, get_language() or "en") if amount else ""
    return " · ".join(filter(None, (str(kind.label) if kind else "", money, code)))


register(
    {
        "CaseOpened": Sentence(_("Case opened"), "life-buoy", "warn", _cause),
        "CaseJoined": Sentence(_("One more trouble in the case"), "git-merge", "warn", _cause),
        "CaseClosed": Sentence(_("Case closed"), "circle-check-big", "good", _cause),
        "RemedyGranted": Sentence(_("Made good again"), "gift", "accent", _remedy),
    }
)
