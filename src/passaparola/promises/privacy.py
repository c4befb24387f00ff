"""The promises' part of an export and an erasure."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from passaparola.customers.privacy import Person
from passaparola.promises.models import Promise

WORDS = {"PromiseMade": ("words",), "PromiseForgiven": ("why",)}


def export(person: Person) -> Any:
    rows = _ours(person).order_by("made_at", "pk")
    return list(
        rows.values("kind", "words", "evidence", "said_in", "made_at", "due_at", "kept_at", "forgiven_why")
    )


def erase(person: Person, now: datetime) -> int:
    """What was promised by when, and whether it was kept, stays counted; the sentences go."""
    del now
    told = _ours(person).exclude(words={}, evidence="", forgiven_why="")
    return told.update(words={}, evidence="", forgiven_why="")


def _ours(person: Person) -> QuerySet[Promise]:
    whose = Q(customer__in=person.ids) | Q(order__customer__in=person.ids)
    return Promise.objects.filter(whose, store=person.store_id)
