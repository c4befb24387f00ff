"""What happens concerns those who are in already: goals, exits, and the end of waiting for something."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection

from passaparola.journeys.actions.enter import ring
from passaparola.journeys.actions.leave import Leaving, end, withdraw
from passaparola.journeys.actions.listening import Listener, Told, true_of
from passaparola.journeys.models import Enrolment, ToDo
from passaparola.journeys.models.todo import OPEN_TODO
from passaparola.journeys.rules.document import Definition, Goal, Listening
from passaparola.kernel.database import bulk
from passaparola.kernel.events import Event
from passaparola.segments.rules.condition import EVERYBODY


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
   AND (e.ended_at IS NULL OR (e.goal_at IS NULL AND e.goal_until > %(now)s)
        OR EXISTS (SELECT 1 FROM journeys_todo t
                    WHERE t.enrolment_id = e.id AND t.done_at IS NULL AND t.withdrawn_at IS NULL))
"""
# Whoever has come to the end is met as long as the goal may still be reached, or the team has something to do.


def move_on(listeners: Sequence[Listener], told: Told, now: datetime) -> None:
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
    found = [met[key] for key in sorted(met)]
    _settle(found, events, own, now)
    _take_back(found, events, own, now)


def _later(definition: Definition) -> set[str]:
    """Kinds of events that concern people who are in already."""
    found = set(definition.goal.on.kinds) if definition.goal else set()
    found.update(kind for leaving in definition.exits for kind in leaving.kinds)
    for placed in definition.steps.values():
        found.update(placed.hears)
    return found


def _settle(met: Sequence[_Met], events: Sequence[Event], own: dict[int, Listener], now: datetime) -> None:
    true = _true(met, events, own, now)
    reached: dict[int, datetime] = {}
    leaving: dict[int, Leaving] = {}
    woken: dict[int, datetime] = {}
    for n, row in enumerate(met):
        listener, event = own.get(row.version_id), events[row.event]
        if listener is None or event.key == row.event_key or event.happened_at < row.begun_at:
            continue
        definition, kind = listener.definition, type(event).__name__
        goal = definition.goal
        if goal and _reaches(goal, row, event) and _is_true(goal.on, n, true):
            reached[row.id] = min(event.happened_at, reached.get(row.id, event.happened_at))
            if goal.ends:
                leaving.setdefault(row.id, _leaving(row, "goal"))
        for way_out in definition.exits:
            if _concerns(way_out, row, event) and _is_true(way_out, n, true):
                leaving.setdefault(row.id, _leaving(row, f"exit:{kind}"))
        if f",{kind}," in row.waits_for:
            # A carrier's clock may be ahead of ours: looked at before it has happened, it would not be seen.
            woken[row.id] = min(
                max(now, event.happened_at), woken.get(row.id, datetime.max.replace(tzinfo=UTC))
            )
    rows = [{"id": pk, "goal_at": at} for pk, at in sorted(reached.items())]
    bulk.update(Enrolment, rows, key=["id"], set_=["goal_at = v.goal_at"], where="old.goal_at IS NULL")
    over = {row.id for row in met if row.ended_at}
    end([one for pk, one in leaving.items() if pk not in over], now=now)
    withdraw([one for pk, one in leaving.items() if pk in over], now=now)
    waking = [{"id": pk, "due_at": at} for pk, at in sorted(woken.items()) if pk not in leaving]
    if bulk.update(
        Enrolment,
        waking,
        key=["id"],
        set_=[
            "due_at = least(old.due_at, v.due_at)"
        ],  # a clock years ahead makes nobody wait longer than they would
        where="old.ended_at IS NULL",
        returning=["old.id"],
    ):
        ring()


def _take_back(met: Sequence[_Met], events: Sequence[Event], own: dict[int, Listener], now: datetime) -> None:
    """Withdraw the to-dos whose ground is gone; the journey itself goes on.

    A to-do keeps no step: what a step asked for is known by its words.
    """
    asked: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in met:
        listener, event = own.get(row.version_id), events[row.event]
        if listener is None or event.key == row.event_key or event.happened_at < row.begun_at:
            continue
        for placed in listener.definition.steps.values():
            kinds = placed.settings.get("gone_with") or ()
            if _concerns(Listening(kinds), row, event):
                asked[row.version_id, placed.id].add(row.id)
    for (version, step), ids in asked.items():
        settings = own[version].definition.steps[step].settings
        theirs = ToDo.objects.filter(OPEN_TODO, enrolment_id__any=ids, task=settings["task"])
        theirs.filter(words=dict(settings["words"])).update(withdrawn_at=now)


def _leaving(row: _Met, reason: str) -> Leaving:
    return Leaving(row.id, row.store_id, row.journey_id, row.position, row.hops, reason)


def _concerns(listening: Listening, row: _Met, event: Event) -> bool:
    if type(event).__name__ not in listening.kinds:
        return False
    is_same = row.order_id is None or event.order_id is None or row.order_id == event.order_id
    return is_same or not listening.about_order


def _true(
    met: Sequence[_Met], events: Sequence[Event], own: dict[int, Listener], now: datetime
) -> set[tuple[int, Listening]]:
    """Ask everybody's conditions, one statement for each of them: of whom of `met` what is true."""
    asked: dict[tuple[int, Listening], list[tuple[int, int, Event]]] = defaultdict(list)
    for n, row in enumerate(met):
        event = events[row.event]
        if listener := own.get(row.version_id):
            definition = listener.definition
            for listening in (*definition.exits, *([definition.goal.on] if definition.goal else [])):
                if listening.condition != EVERYBODY and _concerns(listening, row, event):
                    asked[row.version_id, listening].append((n, row.customer_id, event))
    return {
        (n, listening)
        for (version, listening), theirs in asked.items()
        for n in true_of(own[version], listening.condition, theirs, now)
    }


def _is_true(listening: Listening, n: int, true: set[tuple[int, Listening]]) -> bool:
    return listening.condition == EVERYBODY or (n, listening) in true


def _reaches(goal: Goal, row: _Met, event: Event) -> bool:
    is_in_time = not row.goal_until or event.happened_at <= row.goal_until
    return not row.goal_at and is_in_time and _concerns(goal.on, row, event)
