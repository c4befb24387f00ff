"""People enter: one statement for everybody whom a batch of events brings to a journey."""

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from passaparola.journeys.actions import tallies
from passaparola.journeys.actions.listening import Listener, Person, Told, data_of, parcel_of, true_of
from passaparola.journeys.models import Enrolment
from passaparola.journeys.rules import entering
from passaparola.journeys.rules.entering import may_enter
from passaparola.journeys.rules.shares import is_held_out
from passaparola.kernel import loops
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
    last = _last(listener, {person.person_id for n, person, _ in found if n in true})
    rows: dict[object, dict[str, Any]] = {}
    for n, person, event in found:
        before = last.get(person.person_id)
        if n in true and may_enter(definition.again, before.entered_at if before else None, now):
            row = _row(listener, person, event, before.pk if before else 0, now)
            # Of several events told at once the first one counts.
            whose = person.person_id if definition.again.per == "customer" else row["entry_key"]
            rows.setdefault(whose, row)
    entered = bulk.upsert(
        Enrolment, list(rows.values()), key=["journey_id", "entry_key"], returning=["held_out_at IS NOT NULL"]
    )
    if entered:
        passages = Counter(
            (listener.journey_id, "", "held_out" if is_out else "entered") for (is_out,) in entered
        )
        tallies.count(passages)
        ring()


class _Before(NamedTuple):
    pk: int
    entered_at: datetime


def _last(listener: Listener, people: set[int]) -> dict[int, _Before]:
    """When those were here last for whom it matters."""
    if listener.definition.again.per != "customer" or not people:
        return {}
    before = Enrolment.objects.filter(journey=listener.journey_id, customer_id__any=people)
    rows = before.order_by("pk").values_list("customer_id", "pk", "entered_at")
    return {customer: _Before(pk, at) for customer, pk, at in rows}


def _row(listener: Listener, person: Person, event: Event, last: int, now: datetime) -> dict[str, Any]:
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
            definition.again,
            event_key=event.key,
            order_id=event.order_id,
            customer_id=person.person_id,
            row_id=person.row_id,
            last=last,
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

    loops.ring(DOORBELL)
