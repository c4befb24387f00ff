"""People enter: one statement for everybody whom a batch of events brings to a journey."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import connection

from passaparola.journeys.actions import tallies
from passaparola.journeys.actions.listening import Listener, Person, Told, data_of, parcel_of, true_of
from passaparola.journeys.models import Enrolment
from passaparola.journeys.rules import entering
from passaparola.journeys.rules.shares import is_held_out
from passaparola.kernel.database import bulk
from passaparola.kernel.events import Event


def enrol(listener: Listener, told: Told, now: datetime) -> None:
    """Bring in whom the trigger is true of; doing it again changes nothing."""
    definition = listener.definition
    found = [
        (n, person, event)
        for n, event in enumerate(told.of(listener, definition.trigger.kinds))
        if (person := told.person(event)) and not person.is_erased and told.is_real(event)
    ]
    true = true_of(listener, definition.trigger.condition, [(n, p.person_id, e) for n, p, e in found], now)
    been = _been(listener, {person.person_id for n, person, _ in found if n in true}, now)
    rows = []
    for n, person, event in found:
        if n in true and person.person_id not in been:
            rows.append(_row(listener, person, event, now))
            if definition.again.per == "customer":
                been.add(person.person_id)
    entered = bulk.upsert(
        Enrolment, rows, key=["journey_id", "entry_key"], returning=["held_out_at IS NOT NULL"]
    )
    if entered:
        passages = Counter(
            (listener.journey_id, "", "held_out" if is_out else "entered") for (is_out,) in entered
        )
        tallies.count(passages)
        ring()


def _been(listener: Listener, people: set[int], now: datetime) -> set[int]:
    """Who has been here before and may not enter again yet."""
    again = listener.definition.again
    if again.per != "customer" or not people:
        return set()
    before = Enrolment.objects.filter(journey=listener.journey_id, customer_id__any=people)
    if again.after:
        before = before.filter(entered_at__gt=now - again.after)
    return set(before.values_list("customer_id", flat=True))


def _row(listener: Listener, person: Person, event: Event, now: datetime) -> dict[str, Any]:
    definition = listener.definition
    is_out = is_held_out(listener.journey_id, person.person_id, definition.hold_out)
    return {
        "store_id": listener.store_id,
        "journey_id": listener.journey_id,
        "version_id": listener.version_id,
        "customer_id": person.person_id,
        "row_id": person.row_id,
        "order_id": event.order_id,
        "parcel_id": parcel_of(event),
        "event_key": event.key,
        "data": data_of(event),
        "entry_key": entering.entry_key(
            definition.again, event_key=event.key, order_id=event.order_id, customer_id=person.person_id
        ),
        "position": "" if is_out else definition.first,
        "since_at": now,
        "due_at": None if is_out else now,
        "begun_at": event.happened_at,
        "entered_at": now,
        "held_out_at": now if is_out else None,
        "goal_until": now + definition.goal.within if definition.goal else None,
        "ended_at": now if is_out else None,
        "ended_by": "held_out" if is_out else "",
        "path": [],
    }


def ring() -> None:
    from passaparola.journeys.actions.advance import DOORBELL

    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {DOORBELL}")
