"""The cases' part of an export and an erasure."""

from datetime import datetime
from typing import Any

from passaparola.cases.models import Note, Remedy, Trouble
from passaparola.customers.privacy import Person

WORDS = {"RemedyGranted": ("words", "code")}


def export(person: Person) -> Any:
    troubles = Trouble.objects.filter(store=person.store_id, customer__in=person.ids).order_by("opened_at")
    return list(troubles.values("kind", "opened_at", "settled_at"))


def erase(person: Person, now: datetime) -> int:
    """That something went wrong stays counted; what was said about it goes."""
    del now
    ours = Trouble.objects.filter(store=person.store_id, customer__in=person.ids)
    Note.objects.filter(case__store=person.store_id, case__customer__in=person.ids).update(words="")
    Remedy.objects.filter(case__store=person.store_id, case__customer__in=person.ids).update(
        words="", code=""
    )
    return ours.exclude(data={}).update(data={})
