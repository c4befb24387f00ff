"""The cases' part of an export and an erasure."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from passaparola.cases.models import Case, Note, Remedy, Trouble
from passaparola.customers.privacy import Person


def export(person: Person) -> Any:
    troubles = Trouble.objects.filter(store=person.store_id, customer__in=person.ids).order_by("opened_at")
    return list(troubles.values("kind", "opened_at", "settled_at"))


def erase(person: Person, now: datetime) -> int:
    """That something went wrong stays counted; what was said about it goes."""
    del now
    about = Q(customer__in=person.ids) | Q(order__customer__in=person.ids)
    ours = Trouble.objects.filter(about, store=person.store_id)
    cases = Case.objects.filter(about, store=person.store_id)
    Note.objects.filter(case__in=cases).update(words="")
    Remedy.objects.filter(case__in=cases).update(words="", code="")
    return ours.exclude(data={}).update(data={})
