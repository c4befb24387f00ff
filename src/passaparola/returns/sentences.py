"""How the steps of returns are told on timelines."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui import formats
from passaparola.kernel.ui.sentences import Data, Sentence


def _number(data: Data, currency: str) -> str:
    del currency
    return str(data.get("number", ""))


def _words(data: Data, currency: str) -> str:
    del currency
    return " · ".join(filter(None, (str(data.get("number", "")), str(data.get("words", "")))))


def _amount(data: Data, currency: str) -> str:
    amount = str(data.get("amount") or "")
    shown = formats.money(amount, currency, get_language() or "en") if amount else ""
    return " · ".join(filter(None, (str(data.get("number", "")), shown)))


SENTENCES = {
    "ReturnRequested": Sentence(_("Return asked for"), "undo-2", "accent", _number),
    "ReturnApproved": Sentence(_("Return approved"), "circle-check", "good", _number),
    "ReturnRefused": Sentence(_("Return refused"), "ban", "bad", _words),
    "ReturnLabelSent": Sentence(_("Return label sent"), "ticket", "info", _number),
    "ReturnPosted": Sentence(_("The customer sent it back"), "package", "info", _number),
    "ReturnTravelling": Sentence(_("The return is on its way"), "truck", "info", _number),
    "ReturnReceived": Sentence(_("The return is here"), "package-check", "accent", _number),
    "ReturnInspected": Sentence(_("The return was looked at"), "search-check", "info", _number),
    "ReturnRefunded": Sentence(_("Return refunded"), "banknote", "good", _amount),
    "ReturnExchanged": Sentence(_("Return exchanged"), "repeat", "good", _number),
    "ReturnClosed": Sentence(_("Return closed"), "check-check", "", _number),
    "ReturnExpired": Sentence(_("Return expired: nothing was sent"), "timer-off", "warn", _number),
    "ReturnCancelled": Sentence(_("Return cancelled by the customer"), "x", "", _number),
    "WithdrawalStated": Sentence(_("The customer withdrew from the contract"), "file-text", "warn", _number),
}
