"""The segments' part of an export and an erasure: the words that the shop put to somebody."""

from datetime import datetime
from typing import Any

from passaparola.customers.privacy import Person
from passaparola.segments.models import Tag


def export(person: Person) -> Any:
    return sorted(Tag.objects.filter(customer__in=person.ids).values_list("tag", flat=True))


def erase(person: Person, now: datetime) -> int:
    del now
    return Tag.objects.filter(customer__in=person.ids).delete()[0]
