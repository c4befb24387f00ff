"""The returns' part of an export and an erasure."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from passaparola.customers.privacy import Person
from passaparola.returns.models import BackParcel, Draft, Item, Photo, Return, Statement, Step

KEPT = "What came back and what was paid for it stays without a name, with the amounts of the order."


def export(person: Person) -> Any:
    returns = Return.objects.filter(order__customer__in=person.ids).order_by("pk")
    said = Statement.objects.filter(order__customer__in=person.ids).order_by("pk")
    items = Item.objects.filter(filed__in=returns).order_by("filed", "pk")
    return {
        "returns": list(returns.values("number", "resolution", "wants", "note")),
        "items": list(items.values("filed__number", "line__title", "quantity", "reason", "note")),
        "statements": list(said.values("name", "email", "order_number", "words")),
    }


def erase(person: Person, now: datetime) -> int:
    del now
    ours = Return.objects.filter(order__customer__in=person.ids)
    Draft.objects.filter(order__customer__in=person.ids).delete()
    Photo.objects.filter(filed__in=ours).delete()
    BackParcel.objects.filter(filed__in=ours).update(label=None)
    Item.objects.filter(filed__in=ours).update(note="", grade_note="")
    Step.objects.filter(filed__in=ours).update(words="")
    # Also those that name no order of ours: an address typed with a wrong number is an address.
    theirs = Q(order__customer__in=person.ids) | Q(store=person.store_id, email__in=person.emails)
    Statement.objects.filter(theirs).update(name="", email="", words="", order_number="")
    return ours.update(note="", wants="", refusal="")
