"""What happened, as sentences in the reader's language. One line an event; unknown ones still say their name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui import formats
from passaparola.kernel.ui.sentences import SENTENCES, Data, Sentence, register
from passaparola.messages.reasons import word
from passaparola.office.standing import CAUSES, PARCELS


class Recorded(Protocol):
    kind: str
    happened_at: datetime
    data: Any
    order_id: int | None
    subject_id: int | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline."""

    at: datetime
    title: str
    more: str
    icon: str
    tone: str
    order_id: int | None
    about: str = ""
    """Which order or parcel of several it is about."""


def _amount(data: Data, currency: str) -> str:
    amount = str(data.get("amount", ""))
    return formats.money(amount, currency, get_language() or "en") if amount else ""


def _delay(data: Data, currency: str) -> str:
    del currency
    return str(CAUSES.get(str(data.get("cause", "")), ""))


def _news(data: Data, currency: str) -> str:
    """The shop system's own step, in our word where there is one, and whatever it said with it."""
    del currency
    status = str(data.get("status", ""))
    ours = str(PARCELS[status].label) if status in PARCELS else status.replace("_", " ")
    return " · ".join(part for part in (ours, data.get("message", ""), data.get("place", "")) if part)


def _message(data: Data, currency: str) -> str:
    del currency
    kind = word(str(data.get("message", "")), get_language() or "en")
    kind = kind[:1].upper() + kind[1:]
    return " · ".join(part for part in (kind, data.get("words", "")) if part)


register(
    {
        "OrderPlaced": Sentence(_("Order placed"), "shopping-bag", "accent"),
        "OrderPaid": Sentence(_("Paid in full"), "credit-card", "good"),
        "OrderCancelled": Sentence(_("Order cancelled"), "ban", "bad"),
        "OrderEdited": Sentence(_("The shop changed the order"), "pencil"),
        "OrderRefunded": Sentence(_("Money given back"), "banknote", "info", _amount),
        "FulfilmentReported": Sentence(_("The shop told us about a shipment"), "package"),
        "FulfilmentNewsReported": Sentence(_("The shop system passed on a step"), "route", "", _news),
        "ParcelPickedUp": Sentence(_("The carrier has the parcel"), "package-check", "info"),
        "ParcelOutForDelivery": Sentence(_("Out for delivery"), "truck", "accent"),
        "ParcelReadyForPickup": Sentence(_("Ready to collect at the pick-up point"), "map-pin", "accent"),
        "ParcelAttempted": Sentence(_("Delivery tried, nobody was there"), "bell-ring", "warn"),
        "ParcelHeld": Sentence(_("The parcel waits for somebody"), "octagon-pause", "warn"),
        "ParcelDelayed": Sentence(_("The parcel will be later than promised"), "clock", "warn", _delay),
        "ParcelDelivered": Sentence(_("Parcel delivered"), "house", "good"),
        "ParcelReturning": Sentence(_("The parcel goes back to the shop"), "undo-2", "bad"),
        "ParcelLost": Sentence(_("The carrier can’t find the parcel"), "package-x", "bad"),
        "OrderDelivered": Sentence(_("Everything has arrived"), "circle-check", "good"),
        "OrderOverdue": Sentence(_("The promised days are over and nothing was sent"), "alarm-clock", "bad"),
        "CustomersJoined": Sentence(_("Two records turned out to be one person"), "merge"),
        "CustomersParted": Sentence(_("The team separated two people again"), "split"),
        "PrivacyRequested": Sentence(_("A request about personal data came in"), "shield", "warn"),
        "MessageSent": Sentence(_("We wrote to the customer"), "mail", "", _message),
        "MessageFailed": Sentence(_("Our message could not be delivered"), "mail-x", "bad", _message),
        "Unsubscribed": Sentence(_("The customer wants no more offers"), "bell-off"),
    }
)


Names = Mapping[int, str]
"""What something is called, by its id."""


def told(event: Recorded, currency: str, orders: Names, parcels: Names) -> Happening:
    sentence = SENTENCES.get(event.kind) or Sentence(_plain(event.kind))
    data = event.data if isinstance(event.data, dict) else {}
    return Happening(
        at=event.happened_at,
        title=str(sentence.title),
        more=sentence.more(data, currency),
        icon=sentence.icon,
        tone=sentence.tone,
        order_id=event.order_id if event.order_id in orders else None,
        about=_about(event, orders, parcels),
    )


def _about(event: Recorded, orders: Names, parcels: Names) -> str:
    """A subject is a parcel only where the event's name says so: ids of other rows look alike."""
    parcel = parcels.get(event.subject_id or 0, "") if event.kind.startswith("Parcel") else ""
    return " · ".join(part for part in (orders.get(event.order_id or 0, ""), parcel) if part)


def timeline(
    events: Iterable[Recorded],
    currency: str = "EUR",
    *,
    orders: Names | None = None,
    parcels: Names | None = None,
) -> list[Happening]:
    """Tell events, newest first; the same sentence twice at one moment is told once.

    `orders` and `parcels` name those that have to be told apart.
    """
    lines = (told(event, currency, orders or {}, parcels or {}) for event in events)
    unique = {(line.at, line.title, line.more, line.about): line for line in lines}
    return sorted(unique.values(), key=lambda line: line.at, reverse=True)


def _plain(kind: str) -> str:
    """`ReviewLeft` as `Review left`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()
    return words[:1].upper() + words[1:]
