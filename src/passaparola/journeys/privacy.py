"""The journeys' part of an export and an erasure."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from passaparola.customers.privacy import Person
from passaparola.journeys.actions.leave import Leaving, end
from passaparola.journeys.models import Enrolment, ToDo, WebhookCall

WORDS = {"ToDoDone": ("note",)}


def export(person: Person) -> Any:
    ours = Enrolment.objects.filter(store=person.store_id, customer__in=person.ids).order_by(
        "entered_at", "pk"
    )
    todos = ToDo.objects.filter(store=person.store_id, customer__in=person.ids).order_by("asked_at", "pk")
    return {
        "journeys": list(ours.values("journey__name", "data", "entered_at", "ended_at")),
        "to_dos": list(todos.values("task", "words", "note", "asked_at", "done_at")),
        "told_to_others": list(_calls(person).order_by("pk").values("url", "body", "sent_at")),
    }


def erase(person: Person, now: datetime) -> int:
    """They leave every journey, with what it had asked for; that they were there stays counted."""
    ours = Enrolment.objects.filter(store=person.store_id, customer__in=person.ids)
    columns = ("pk", "store_id", "journey_id", "position", "hops")
    leaving = [
        Leaving(pk, store, journey, position, hops, "erased")
        for pk, store, journey, position, hops in ours.filter(ended_at=None).values_list(*columns)
    ]
    end(leaving, now=now)
    _calls(person).filter(sent_at=None, failed_at=None).update(failed_at=now)
    gone = _calls(person).exclude(body={}, words="").update(body={}, words="")
    todos = ToDo.objects.filter(store=person.store_id, customer__in=person.ids)
    gone += todos.exclude(words={}, note="").update(words={}, note="")
    return gone + ours.exclude(data={}).update(data={})


def _calls(person: Person) -> QuerySet[WebhookCall]:
    """What other systems are told names its customer in the body: their own row, as far as it says so."""
    return WebhookCall.objects.filter(store=person.store_id, body__customer__in=person.ids)
