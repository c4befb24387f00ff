"""How what tracking foresees and misses is told on a timeline."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from passaparola.kernel.ui.sentences import Data, Sentence, register


def _chance(data: Data, currency: str) -> str:
    del currency
    return _now("with a probability of %(n)d%%") % {"n": round(100 * float(data.get("chance") or 0))}


def _silence(data: Data, currency: str) -> str:
    del currency
    days = int(data.get("days") or 0)
    return ngettext("%(n)d working day without a word", "%(n)d working days without a word", days) % {
        "n": days
    }


register(
    {
        "ParcelEndangered": Sentence(
            _("The promised day will probably be missed"), "triangle-alert", "warn", _chance
        ),
        "ParcelStalled": Sentence(_("The parcel stands still"), "octagon-pause", "warn", _silence),
        "ParcelMovedAgain": Sentence(_("The parcel moves again"), "route", "good"),
        "ParcelMissing": Sentence(_("Silent for so long, it is probably lost"), "search", "bad", _silence),
        "ParcelReturned": Sentence(_("The parcel is back at the shop"), "undo-2", "warn"),
        "OrderEndangered": Sentence(
            _("Still in the shop: the promised day will probably be missed"), "triangle-alert", "warn"
        ),
    }
)
