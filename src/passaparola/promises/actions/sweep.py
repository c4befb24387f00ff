"""Promises whose time has come: endangered shortly before, broken when it has passed."""

from datetime import datetime

from django.db import connection, transaction

from passaparola.kernel.events import emit
from passaparola.promises.actions.settle import COLUMNS, event, tell_endangered
from passaparola.promises.events import PromiseBroken

BATCH = 2000
_LOOKED = ", ".join(f"p.{column}" for column in COLUMNS)
# One statement claims and judges: whoever waits for the lock finds nothing left. Ordered by nothing: sorting
# what a late start has to catch up with would read all of it for each batch.
_SQL = f"""
WITH due AS (
    SELECT id FROM promises_promise WHERE check_at <= %(now)s LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE promises_promise p
   SET broken_at = CASE WHEN p.due_at <= %(now)s THEN p.due_at END,
       told_at = CASE WHEN p.due_at <= %(now)s THEN %(now)s END,
       endangered_at = coalesce(p.endangered_at, CASE WHEN p.due_at > %(now)s THEN %(now)s END),
       risk = CASE WHEN p.due_at <= %(now)s THEN 1 ELSE greatest(p.risk, 0.5) END,
       check_at = CASE WHEN p.due_at > %(now)s THEN p.due_at END
  FROM due WHERE p.id = due.id
RETURNING {_LOOKED}
"""


def sweep(*, now: datetime, limit: int = BATCH) -> int:
    """Look at promises that are due or nearly, tell what became of them, and return how many there were."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_SQL, {"now": now, "limit": limit})
            rows = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
        broken = [row for row in rows if row["due_at"] <= now]
        tell_endangered((row for row in rows if row["due_at"] > now), now=now)
        emit(
            [
                event(PromiseBroken, row, "broken", row["due_at"], due_at=row["due_at"].isoformat())
                for row in broken
            ],
            now=now,
        )
    return len(rows)
