"""What the outbox holds: what waits, until when and why; and for one person, why each thing went as it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import get_language

from passaparola.customers.models import Customer
from passaparola.messages import reasons
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Message, SpeakingPolicy
from passaparola.messages.rules.values import WANTED
from passaparola.stores.models import Store

SHOWN = 100
MOST_WHYS = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message that waits, as the page shows it."""

    message: Message
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Outbox:
    rows: Sequence[Waiting]
    reasons: Sequence[tuple[str, str, int]]
    """Code, how the page calls it, how many."""
    total: int
    most: int = SHOWN
    """Rows that are shown; the search finds the others."""


def outbox(store: Store, asked: Mapping[str, str]) -> Outbox:
    """Return what waits, what is due first on top; `asked` has `why` (a reason's code) and `q`."""
    language = get_language() or "en"
    waiting = Message.objects.filter(store=store).waiting()
    counted = dict(waiting.values_list("reason").annotate(n=Count("pk")).order_by())
    text = asked.get("q", "").strip()[:120].replace("\x00", "")
    found = waiting.search(text) if text else waiting
    if asked.get("why") in counted:
        found = found.filter(reason=asked["why"])
    rows = found.select_related("order", "customer").defer("order__note").order_by("due_at", "pk")[:SHOWN]
    named = [(code, _named(code, language), n) for code, n in sorted(counted.items(), key=lambda p: -p[1])]
    return Outbox(
        rows=[Waiting(row, reasons.word(row.kind, language), row.why(language)) for row in rows],
        reasons=named,
        total=sum(counted.values()),
    )


def _named(code: str, language: str) -> str:
    return reasons.word(code or "asked", language)


@dataclass(frozen=True, slots=True)
class Why:
    """One message that somebody wanted for this person, and the sentence that explains what became of it."""

    message: Message
    kind: str
    sentence: str


def whys(store: Store, customer: Customer, now: datetime) -> dict[str, object]:
    """Return, for the customer's page, why each message went, waits or did not go; and what nobody asked for."""
    del store, now
    language = get_language() or "en"
    asked = Message.objects.of_customer(customer).select_related("order").defer("order__note")[:MOST_WHYS]
    found = [Why(one, reasons.word(one.kind, language), explained(one, language)) for one in asked]
    known = set(Message.objects.of_customer(customer).order_by().values_list("kind", flat=True).distinct())
    never = [
        reasons.word(key, language)
        for key, kind in KINDS.items()
        if kind.purpose in WANTED and key not in known
    ]
    return {"whys": found, "never_asked": sorted(never)}


def pause_of(store: Store, pk: int, now: datetime) -> dict[str, object] | None:
    """Return the pause in sending that came by itself, if there is one; for Today and the outbox."""
    del pk, now
    paused = SpeakingPolicy.objects.filter(store=store, paused_at__isnull=False).first()
    return {"paused": paused} if paused else None


def explained(message: Message, language: str) -> str:
    """Return what became of a message as one sentence, also where its state needs no reason."""
    return message.why(language) or reasons.sentence(f"state_{message.state}", {}, language)
