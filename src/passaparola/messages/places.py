"""Where channels stand in the team's menu, and how what happens on them is told."""

from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui.menu import Entry
from passaparola.kernel.ui.sentences import Data, Sentence
from passaparola.messages.accounts import connectable
from passaparola.messages.reasons import word

CHANNELS = Entry(group="setup", address="ways:channels", label=_("Channels"), icon="message-circle", rank=35)


def _message(data: Data, currency: str) -> str:
    del currency
    from django.utils.translation import get_language

    channel = connectable().get(str(data.get("channel")))
    kind = word(str(data.get("message", "")), get_language() or "en")
    told = f": {data['words']}" if data.get("words") else ""
    return f"{kind}, {channel.name}{told}" if channel else f"{kind}{told}"


def _words(data: Data, currency: str) -> str:
    del currency
    channel = connectable().get(str(data.get("channel")))
    said = str(data.get("words", ""))
    return f"{channel.name}: “{said}”" if channel else f"“{said}”"


SENTENCES = {
    "MessageDelivered": Sentence(_("Our message arrived"), "check", "", _message),
    "MessageRead": Sentence(_("Our message was read"), "check", "good", _message),
    "MessageUndelivered": Sentence(_("Our message did not arrive"), "mail-x", "bad", _message),
    "CustomerWrote": Sentence(_("The customer wrote to us"), "message-circle", "info", _words),
}
