"""The segments' part of an export and an erasure: the words that the shop gave somebody."""

from datetime import datetime
from typing import Any

from passaparola.customers.privacy import Person
from passaparola.segments.models import Tag


def export(person: Person) -> Any:
    ours = Tag.objects.filter(store=person.store_id, customer__in=person.ids).order_by("given_at", "pk")
    return list(ours.values("tag", "given_at", "taken_at"))


def erase(person: Person, now: datetime) -> int:
    del now
    return Tag.objects.filter(store=person.store_id, customer__in=person.ids).delete()[0]
