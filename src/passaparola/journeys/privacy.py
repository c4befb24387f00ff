"""The journeys' part of an export and an erasure: what began them, what was noted, what others are told."""

from datetime import datetime
from typing import Any

from passaparola.customers.privacy import Person
from passaparola.journeys.actions.leave import Leaving, end
from passaparola.journeys.models import Enrolment, ToDo, WebhookCall

_PLACE = ("pk", "store_id", "journey_id", "position", "hops")


def export(person: Person) -> Any:
    entered = Enrolment.objects.filter(store=person.store_id, customer__in=person.ids).order_by("pk")
    todos = ToDo.objects.filter(store=person.store_id, customer__in=person.ids).order_by("pk")
    return {
        "journeys": list(entered.values("journey__name", "begun_at", "ended_at", "data")),
        "todos": list(todos.values("task", "words", "note", "asked_at", "done_at")),
    }


def erase(person: Person, now: datetime) -> int:
    """They leave every journey at once; who came which way stays counted.

    What waits to be told to another system is told no more.
    """
    entered = Enrolment.objects.filter(store=person.store_id, customer__in=person.ids)
    calls = WebhookCall.objects.filter(store=person.store_id, body__customer__in=person.ids)
    calls.filter(sent_at=None, failed_at=None).update(failed_at=now)
    gone = calls.exclude(body={}).update(body={}, words="")
    leaving = [
        Leaving(pk, store, journey, position, hops, "erased")
        for pk, store, journey, position, hops in entered.filter(ended_at=None).values_list(*_PLACE)
    ]
    end(leaving, now=now)
    todos = ToDo.objects.filter(store=person.store_id, customer__in=person.ids)
    todos.filter(done_at=None, withdrawn_at=None).update(withdrawn_at=now)
    gone += todos.exclude(words={}, note="").update(words={}, note="")
    return gone + entered.exclude(data={}).update(data={})
