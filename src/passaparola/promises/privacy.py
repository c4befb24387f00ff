"""The promises' part of an export and an erasure: what one of us said to somebody, and noted of it."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from passaparola.customers.privacy import Person
from passaparola.promises.models import Promise, PromiseQuerySet


def export(person: Person) -> Any:
    return list(
        _of(person)
        .order_by("made_at", "pk")
        .values("kind", "words", "evidence", "said_in", "made_at", "due_at")
    )


def erase(person: Person, now: datetime) -> int:
    """Whether it was kept stays counted; the words go, and nobody is asked to keep it any more."""
    _of(person).open().update(withdrawn_at=now, check_at=None)
    said = _of(person).exclude(words={}, evidence="", forgiven_why="")
    return said.update(words={}, evidence="", forgiven_why="")


def _of(person: Person) -> PromiseQuerySet:
    ours = Q(customer__in=person.ids) | Q(order__customer__in=person.ids)
    return Promise.objects.filter(ours, store=person.store_id)
