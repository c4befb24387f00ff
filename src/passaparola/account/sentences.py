"""How the events of the customer's account are told on a timeline."""

from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui.sentences import Data, Sentence, register


def _change(data: Data, currency: str) -> str:
    del currency
    names = {"address": _("another delivery address"), "cancel": _("cancel the order")}
    return str(names.get(str(data.get("change", "")), ""))


register(
    {
        "CustomerSignedIn": Sentence(_("The customer signed in to their account"), "log-in"),
        "PasskeyAdded": Sentence(_("The customer added a passkey"), "key-round"),
        "PasskeyRemoved": Sentence(_("The customer removed a passkey"), "key-round"),
        "ChangeAsked": Sentence(_("The customer asks for a change"), "pencil-line", "warn", _change),
        "ChangeDecided": Sentence(_("The team decided on the change"), "check", "info", _change),
        "ParcelMissed": Sentence(_("The customer does not have the parcel"), "package-search", "bad"),
        "MissingParcelFound": Sentence(_("The missing parcel was found"), "package-check", "good"),
    }
)
