"""The journeys' part of an export and an erasure: what began them, what was noted, what others are told."""

from datetime import datetime
from typing import Any

from passaparola.customers.privacy import Person
from passaparola.journeys.models import Enrolment, ToDo, WebhookCall


def export(person: Person) -> Any:
    entered = Enrolment.objects.filter(store=person.store_id, customer__in=person.ids).order_by("pk")
    todos = ToDo.objects.filter(store=person.store_id, customer__in=person.ids).order_by("pk")
    return {
        "journeys": list(entered.values("journey__name", "begun_at", "ended_at", "data")),
        "todos": list(todos.values("task", "words", "note", "asked_at", "done_at")),
    }


def erase(person: Person, now: datetime) -> int:
    """Who came which way stays counted. What waits to be told to another system is told no more."""
    entered = Enrolment.objects.filter(store=person.store_id, customer__in=person.ids)
    calls = WebhookCall.objects.filter(store=person.store_id, body__customer__in=person.ids)
    calls.filter(sent_at=None, failed_at=None).update(failed_at=now)
    gone = calls.exclude(body={}).update(body={}, words="")
    todos = ToDo.objects.filter(store=person.store_id, customer__in=person.ids)
    todos.filter(done_at=None, withdrawn_at=None).update(withdrawn_at=now)
    gone += todos.exclude(note="").update(note="")
    return gone + entered.exclude(data={}).update(data={})
