"""The engine's shell: claims those whose time has come, lets the rules move them, writes it all at once.

The rows stay locked until everything a step asked for stands in the same transaction. A worker that is killed
leaves nothing half done, and another one begins again with the same rows.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction

from passaparola.journeys.actions import tallies
from passaparola.journeys.actions.leave import CANCELLED_ORDER, Leaving, withdraw
from passaparola.journeys.actions.perform import Asked, perform
from passaparola.journeys.actions.standing import standing_of
from passaparola.journeys.models import Enrolment, Journey, Version
from passaparola.journeys.models.journey import definition_of
from passaparola.journeys.rules.engine import advance
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.rules.values import Move, Reach, Standing
from passaparola.journeys.world import TableWorld
from passaparola.kernel.database import bulk
from passaparola.kernel.database.halves import by_halves
from passaparola.stores.models import Store

logger = logging.getLogger(__name__)

DOORBELL = "journeys"
BATCH = 2000
MENDED_WITHIN = timedelta(hours=1)
"""How long one is left alone whom we stumble over."""

_CLAIM = """
WITH mine AS MATERIALIZED (
  SELECT due_at, enrolment_id FROM journeys_due WHERE due_at <= %s
   ORDER BY due_at, enrolment_id LIMIT %s FOR UPDATE SKIP LOCKED)
SELECT e.id, e.store_id, e.journey_id, e.version_id, e.customer_id, e.order_id, e.parcel_id, e.position,
       e.since_at, e.entered_at, e.begun_at, e.hops, e.data,
       CASE WHEN EXISTS (SELECT 1 FROM customers_customer c WHERE c.id = e.customer_id AND c.erased_at IS NOT NULL)
            THEN 'erased'
            WHEN o.deleted_at IS NOT NULL THEN 'order_deleted'
            WHEN o.cancelled_at > e.begun_at THEN 'order_cancelled' ELSE '' END
  FROM mine
  JOIN journeys_enrolment e ON e.id = mine.enrolment_id AND e.due_at = mine.due_at AND e.ended_at IS NULL
  LEFT JOIN orders_order o ON o.id = e.order_id
   FOR UPDATE OF e SKIP LOCKED
"""


class Due(NamedTuple):
    """A claimed row."""

    id: int
    store_id: int
    journey_id: int
    version_id: int
    customer_id: int
    order_id: int | None
    parcel_id: int | None
    position: str
    since_at: datetime
    entered_at: datetime
    begun_at: datetime
    hops: int
    data: Any
    gone: str
    """Why there is nobody or nothing left to speak of."""


def advance_due(now: datetime, *, batch: int = BATCH) -> int:
    """Move a batch of those whose time has come; return how many there were."""
    with transaction.atomic():
        due = _claim(now, batch)
        if not due:
            return 0
        versions: dict[int, list[Due]] = defaultdict(list)
        for row in due:
            versions[row.version_id].append(row)
        documents = dict(Version.objects.filter(pk__in=versions).values_list("pk", "document"))
        stores = Store.objects.in_bulk({row.store_id for row in due})
        keys = dict(Journey.objects.filter(pk__in={row.journey_id for row in due}).values_list("pk", "key"))

        def work(rows: Sequence[Due]) -> None:
            first = rows[0]
            where = _Where(stores[first.store_id], keys[first.journey_id], documents[first.version_id])
            _advance(rows, where, now)

        for rows in versions.values():
            by_halves(rows, work, give_up=lambda row, error: _set_aside(row, error, now))
    return len(due)


def _claim(now: datetime, batch: int) -> list[Due]:
    """Lock a batch of those who are due, in two steps: their times, then themselves.

    Whom another worker has is passed over in the narrow table, before the wide ones are read for nothing. Nobody is
    waited for while times are locked: whoever writes an enrolment has it locked first and may wait for its time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [now, batch])
        return [Due._make(row) for row in cursor.fetchall()]


class _Where(NamedTuple):
    """The journey that a batch is in."""

    store: Store
    journey_key: str
    document: Any


def _advance(rows: Sequence[Due], where: _Where, now: datetime) -> None:
    """Move rows of one version."""
    definition = definition_of(rows[0].version_id, where.document)
    stays = {"", CANCELLED_ORDER} if definition.waits_for_cancelling else {""}
    gone = [row for row in rows if row.gone not in stays]
    here = {row.id: row for row in rows if row.gone in stays}
    moves = advance(definition, [_standing(row, now) for row in here.values()], TableWorld(where.store))
    _write(moves, here, now)
    asked = [
        Asked(where.store.pk, rows[0].journey_id, where.journey_key, move.standing, step, hop, effect)
        for move in moves
        for step, hop, effect in move.effects
    ]
    perform(asked, now=now)
    leaving = [_leaving(here[move.standing.id], move) for move in moves if _is_early(move.ended)]
    withdraw(leaving, now=now)
    _end_gone(gone, now)
    tallies.count(_passages(rows[0].journey_id, moves, gone))


def _standing(row: Due, now: datetime) -> Standing:
    data = row.data if isinstance(row.data, dict) else _read(row.data)
    return standing_of(row, now, hops=row.hops, data=data)


def _read(text: Any) -> Any:
    # Django's raw cursor hands JSON over as text.
    import json

    return {} if text in (None, "{}") else json.loads(text)


_COLUMNS = ("position", "since_at", "due_at", "waits_for", "hops", "ended_at", "ended_by")
_SET = [
    *(f"{name} = v.{name}" for name in _COLUMNS),
    "path = old.path || v.path",
    "goal_at = coalesce(old.goal_at, v.goal_at)",
]


def _write(moves: Iterable[Move], here: dict[int, Due], now: datetime) -> None:
    rows = []
    as_text: dict[datetime, str] = {}  # nearly always one moment, thousands of times
    for move in moves:
        standing = move.standing
        is_reached = any(isinstance(effect, Reach) for _, _, effect in move.effects)
        rows.append(
            {
                "id": standing.id,
                "position": standing.position if not move.ended else here[standing.id].position,
                "since_at": standing.since,
                "due_at": None if move.ended else move.due_at,
                "waits_for": f",{','.join(move.waits_for)}," if move.waits_for else "",
                "hops": standing.hops,
                "ended_at": now if move.ended else None,
                "ended_by": move.ended,
                "path": [(step, way, _text(at, as_text)) for step, way, at in move.path],
                "goal_at": now if is_reached else None,
            }
        )
        if move.ended and move.path:
            rows[-1]["position"] = move.path[-1][0]
    bulk.update(Enrolment, rows, key=["id"], set_=_SET)


def _text(at: datetime, known: dict[datetime, str]) -> str:
    if at not in known:
        known[at] = at.isoformat()
    return known[at]


def _is_early(reason: str) -> bool:
    """Whether somebody left before the journey was through: what still waits for them is taken back."""
    return bool(reason) and reason not in {"finished", "stopped"}


def _leaving(row: Due, move: Move) -> Leaving:
    return Leaving(row.id, row.store_id, row.journey_id, row.position, move.standing.hops, move.ended)


def _end_gone(gone: Sequence[Due], now: datetime) -> None:
    """Nobody walks on for somebody who asked to be forgotten, or about an order that is no more."""
    rows = [{"id": row.id, "ended_at": now, "ended_by": row.gone} for row in gone]
    set_ = ["ended_at = v.ended_at", "ended_by = v.ended_by", "due_at = NULL", "waits_for = ''"]
    bulk.update(Enrolment, rows, key=["id"], set_=set_)
    withdraw(
        [Leaving(row.id, row.store_id, row.journey_id, row.position, row.hops, row.gone) for row in gone],
        now=now,
    )


def _passages(journey_id: int, moves: Sequence[Move], gone: Sequence[Due]) -> tallies.Passages:
    found: tallies.Passages = Counter()
    for move in moves:
        for step, way, _ in move.path:
            if way:
                found[journey_id, step, way] += 1
        if move.ended == "finished":
            found[journey_id, "", "finished"] += 1
        elif move.ended:
            found[
                journey_id, move.path[-1][0] if move.path else move.standing.position, f"!{move.ended}"
            ] += 1
    for row in gone:
        found[journey_id, row.position, f"!{row.gone}"] += 1
    return found


def _set_aside(row: Due, error: Exception, now: datetime) -> None:
    """Whom we stumble over is looked at again later; the others go on."""
    if isinstance(error, DocumentError):
        logger.error("Journey %s can't go on: %s", row.journey_id, error)
    else:
        logger.error("Enrolment %s could not be moved.", row.id, exc_info=error)
    Enrolment.objects.filter(pk=row.id).update(due_at=now + MENDED_WITHIN)
