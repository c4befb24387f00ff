"""Where channels stand in the team's menu, and how what happens on them is told."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from passaparola.customers.models import Customer
from passaparola.kernel.ui.menu import Entry
from passaparola.kernel.ui.panels import Panel
from passaparola.kernel.ui.sentences import Data, Sentence
from passaparola.messages.accounts import connectable
from passaparola.messages.reaching import reachable
from passaparola.messages.reasons import word
from passaparola.stores.models import Store

CHANNELS = Entry(
    group="setup", address="messages:channels", label=_("Channels"), icon="message-circle", rank=35
)


def _reached(store: Store, customer: Customer, now: datetime) -> dict[str, Any] | None:
    """Return where a customer can be written to beside e-mail; no panel where that is nowhere."""
    del store
    ways = reachable(customer, now=now)
    shown = [
        (connectable()[key].name, "" if connectable()[key].takes_browsers else at) for key, at in ways.items()
    ]
    return {"reached": shown} if shown else None


REACHED = Panel(place="customer", template="messages/reached.html", load=_reached, column="aside", rank=40)


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
