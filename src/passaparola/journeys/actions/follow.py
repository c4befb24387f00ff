"""What journeys do when anything happens: people enter, reach the goal, leave, or need not wait any longer.

Runs in the transaction that records the events, for a batch at a time.
"""

import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q

from passaparola.journeys.actions import tallies
from passaparola.journeys.actions.leave import Leaving, end
from passaparola.journeys.models import Enrolment, Version
from passaparola.journeys.models.journey import definition_of
from passaparola.journeys.rules import entering
from passaparola.journeys.rules.document import Definition, Listening
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.rules.shares import is_held_out
from passaparola.kernel.database import bulk
from passaparola.kernel.events import BASE_FIELDS, Event
from passaparola.segments import queries
from passaparola.segments.rules.condition import EVERYBODY, Condition
from passaparola.stores.models import Store

logger = logging.getLogger(__name__)


class Listener(NamedTuple):
    """A version of a journey that somebody may enter, or is in."""

    version_id: int
    journey_id: int
    store_id: int
    is_open: bool
    """Whether people enter it."""
    definition: Definition


def follow(batch: Sequence[Event], *, now: datetime) -> None:
    """Let every journey of these stores hear what happened."""
    listeners = _listeners({event.store_id for event in batch}, batch)
    if not listeners:
        return
    told = _Told(batch)
    for listener in listeners:
        if listener.is_open:
            _enrol(listener, told, now)
    _move_on(listeners, told, now)


def _listeners(stores: set[int], batch: Sequence[Event]) -> list[Listener]:
    kinds = {type(event).__name__ for event in batch}
    versions = Version.objects.filter(
        journey__store__in=stores, journey__archived_at=None, retired_at=None
    ).order_by("journey_id", "pk")
    is_live = Q(pk=F("journey__live")) & Q(journey__switched_on_at__isnull=False)
    found = []
    for pk, journey, store, document, is_open in versions.annotate(is_open=is_live).values_list(
        "pk", "journey_id", "journey__store_id", "document", "is_open"
    ):
        try:
            definition = definition_of(pk, document)
        except DocumentError as error:
            logger.error("Version %s of journey %s can't be read: %s", pk, journey, error)  # noqa: TRY400 - a sentence says it
            continue
        if definition.listens & kinds:
            found.append(Listener(pk, journey, store, bool(is_open), definition))
    return found


class _Person(NamedTuple):
    row_id: int
    person_id: int
    is_erased: bool


class _Told:
    """A batch of events with the people they are about."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = events

    def of(self, listener: Listener, kinds: Sequence[str]) -> list[Event]:
        return [e for e in self.events if e.store_id == listener.store_id and type(e).__name__ in kinds]

    @cached_property
    def _orders(self) -> dict[int, tuple[int | None, bool]]:
        from passaparola.orders.models import Order

        ids = [event.order_id for event in self.events if event.order_id]
        rows = Order.objects.filter(pk__any=ids).values_list("pk", "customer_id", "is_test", "deleted_at")
        return {
            pk: (customer, is_test or deleted_at is not None) for pk, customer, is_test, deleted_at in rows
        }

    @cached_property
    def _people(self) -> dict[int, _Person]:
        from passaparola.customers.models import Customer

        ids = {pk for event in self.events if (pk := self._row(event))}
        rows = Customer.objects.filter(pk__any=ids).values_list(
            "pk", "merged_into", "erased_at", "merged_into__erased_at"
        )
        return {
            pk: _Person(pk, root or pk, bool(erased or root_erased)) for pk, root, erased, root_erased in rows
        }

    def _row(self, event: Event) -> int | None:
        return event.customer_id or self._orders.get(event.order_id or 0, (None, False))[0]

    def person(self, event: Event) -> _Person | None:
        """Who it is about, as they are known now."""
        return self._people.get(self._row(event) or 0)

    def is_real(self, event: Event) -> bool:
        return not self._orders.get(event.order_id or 0, (None, False))[1]


def data_of(event: Event) -> dict[str, Any]:
    return {name: value for name, value in asdict(event).items() if name not in BASE_FIELDS}


def _parcel(event: Event) -> int | None:
    return event.subject_id if type(event).__name__.startswith("Parcel") else None


def _true_of(
    listener: Listener, condition: Condition, asked: Sequence[tuple[int, int, Event]], now: datetime
) -> set[int]:
    """Return the keys of those of whom it is true: key, person, and the event that tells more."""
    if condition == EVERYBODY:
        return {key for key, _, _ in asked}
    rows = [
        queries.Asked(
            key=key,
            customer_id=person,
            order_id=event.order_id,
            parcel_id=_parcel(event),
            at=now,
            data=data_of(event),
        )
        for key, person, event in asked
    ]
    return queries.matching(Store.objects.get(pk=listener.store_id), condition, rows)


def _enrol(listener: Listener, told: _Told, now: datetime) -> None:
    definition = listener.definition
    found = [
        (n, person, event)
        for n, event in enumerate(told.of(listener, definition.trigger.kinds))
        if (person := told.person(event)) and not person.is_erased and told.is_real(event)
    ]
    true = _true_of(listener, definition.trigger.condition, [(n, p.person_id, e) for n, p, e in found], now)
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


def _row(listener: Listener, person: _Person, event: Event, now: datetime) -> dict[str, Any]:
    definition = listener.definition
    is_out = is_held_out(listener.journey_id, person.person_id, definition.hold_out)
    return {
        "store_id": listener.store_id,
        "journey_id": listener.journey_id,
        "version_id": listener.version_id,
        "customer_id": person.person_id,
        "row_id": person.row_id,
        "order_id": event.order_id,
        "parcel_id": _parcel(event),
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


class _Met(NamedTuple):
    """An enrolment that an event may concern."""

    event: int
    id: int
    store_id: int
    journey_id: int
    version_id: int
    customer_id: int
    order_id: int | None
    event_key: str
    position: str
    waits_for: str
    hops: int
    begun_at: datetime
    goal_until: datetime | None
    goal_at: datetime | None
    ended_at: datetime | None


_MET = """
SELECT v.n, e.id, e.store_id, e.journey_id, e.version_id, e.customer_id, e.order_id, e.event_key, e.position,
       e.waits_for, e.hops, e.begun_at, e.goal_until, e.goal_at, e.ended_at
  FROM jsonb_to_recordset(%(told)s::jsonb) AS v(n int, customer bigint, order_id bigint)
  JOIN journeys_enrolment e ON {how}
 WHERE e.journey_id = ANY(%(journeys)s)
   AND (e.ended_at IS NULL OR (e.goal_at IS NULL AND e.goal_until > %(now)s))
"""


def _move_on(listeners: Sequence[Listener], told: _Told, now: datetime) -> None:
    """Goals, exits, and the end of waiting for something."""
    own = {listener.version_id: listener for listener in listeners}
    later = {kind for one in listeners for kind in _later(one.definition)}
    events = [event for event in told.events if type(event).__name__ in later]
    if not events:
        return
    asked = [
        {
            "n": n,
            "customer": person.person_id if (person := told.person(event)) else None,
            "order_id": event.order_id,
        }
        for n, event in enumerate(events)
    ]
    params: dict[str, Any] = {
        "told": json.dumps(asked),
        "journeys": [one.journey_id for one in listeners],
        "now": now,
    }
    met: dict[tuple[int, int], _Met] = {}
    with connection.cursor() as cursor:
        # Two statements, each with its index: OR over both makes PostgreSQL read the whole table.
        for how in ("e.order_id = v.order_id", "e.customer_id = v.customer"):
            cursor.execute(_MET.format(how=how), params)
            met |= {(row[0], row[1]): _Met._make(row) for row in cursor.fetchall()}
    _settle([met[key] for key in sorted(met)], events, own, now)


def _later(definition: Definition) -> set[str]:
    """Kinds of events that concern people who are in already."""
    found = set(definition.goal.on.kinds) if definition.goal else set()
    found.update(kind for leaving in definition.exits for kind in leaving.kinds)
    for placed in definition.steps.values():
        found.update(placed.settings.get("events") or ())
    return found


def _settle(met: Sequence[_Met], events: Sequence[Event], own: dict[int, Listener], now: datetime) -> None:
    reached: dict[int, datetime] = {}
    leaving: dict[int, Leaving] = {}
    woken: set[int] = set()
    for row in met:
        listener, event = own.get(row.version_id), events[row.event]
        if listener is None or event.key == row.event_key or event.happened_at < row.begun_at:
            continue
        definition, kind = listener.definition, type(event).__name__
        if _reaches(row, event, listener, now):
            reached[row.id] = min(event.happened_at, reached.get(row.id, event.happened_at))
            if definition.goal and definition.goal.ends:
                leaving.setdefault(row.id, _leaving(row, "goal"))
        for way_out in definition.exits:
            if _concerns(way_out, row, event) and _is_true(way_out, row, event, listener, now):
                leaving.setdefault(row.id, _leaving(row, f"exit:{kind}"))
        if f",{kind}," in row.waits_for:
            woken.add(row.id)
    rows = [{"id": pk, "goal_at": at} for pk, at in sorted(reached.items())]
    bulk.update(Enrolment, rows, key=["id"], set_=["goal_at = v.goal_at"], where="old.goal_at IS NULL")
    end([one for one in leaving.values() if one.reason], now=now)
    woken -= set(leaving)
    if woken and Enrolment.objects.filter(pk__any=woken, ended_at=None).update(due_at=now):
        ring()


def _leaving(row: _Met, reason: str) -> Leaving:
    return Leaving(row.id, row.store_id, row.journey_id, row.position, row.hops, reason)


def _concerns(listening: Listening, row: _Met, event: Event) -> bool:
    if type(event).__name__ not in listening.kinds:
        return False
    is_same = row.order_id is None or event.order_id is None or row.order_id == event.order_id
    return is_same or not listening.about_order


def _is_true(listening: Listening, row: _Met, event: Event, listener: Listener, now: datetime) -> bool:
    if listening.condition == EVERYBODY:
        return True
    return bool(_true_of(listener, listening.condition, [(row.id, row.customer_id, event)], now))


def _reaches(row: _Met, event: Event, listener: Listener, now: datetime) -> bool:
    goal = listener.definition.goal
    if not goal or row.goal_at or (row.goal_until and event.happened_at > row.goal_until):
        return False
    return _concerns(goal.on, row, event) and _is_true(goal.on, row, event, listener, now)
