"""The customers' own part of an export and an erasure."""

from datetime import datetime
from typing import Any

from passaparola.customers.models import Contact, Customer, Identity
from passaparola.customers.privacy import Person

COLUMNS = (
    *("first_name", "last_name", "email", "phone", "language", "country", "birthday", "tags"),
    *("accepts_marketing", "consent_at", "consent_source", "created_at", "orders_count"),
)


def export(person: Person) -> Any:
    rows = Customer.objects.filter(pk__in=person.ids).order_by("pk").values(*COLUMNS)
    return {"people": list(rows), "emails": person.emails, "phones": person.phones}


def erase(person: Person, now: datetime) -> int:
    """The rows stay, empty, so that figures of the past stay right; nothing in them tells who it was."""
    Contact.objects.filter(customer__in=person.ids).delete()
    Identity.objects.filter(customer__in=person.ids).delete()
    return Customer.objects.filter(pk__in=person.ids, erased_at=None).update(
        **dict.fromkeys(("first_name", "last_name", "email", "phone", "birthday", "consent_source"), ""),
        known={},
        tags=[],
        accepts_marketing=None,
        consent_at=None,
        erased_at=now,
    )
