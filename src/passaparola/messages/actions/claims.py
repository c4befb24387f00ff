"""Whose is a message that is being handed over: the worker's that holds the advisory lock of that number.

The lock belongs to the database session. When a worker dies, however it dies, PostgreSQL lets go of it, and
the others see which claims nobody stands behind any more.
"""

import secrets
from datetime import datetime, timedelta
from threading import local

from django.db import connection

LOCKS = 0x6D657373
"""Our class of advisory locks: “mess”."""
GRACE = timedelta(seconds=10)
"""A worker that only lost its database gets this long to come back and record what it sent."""
LOOK_EVERY = timedelta(seconds=5)

_mine = local()


def my_token() -> int:
    """Return the number that this thread's session holds; a new one after every new connection."""
    connection.ensure_connection()
    line = connection.connection
    if getattr(_mine, "line", None) is not line:
        token = secrets.randbelow(2**31)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS, token])
        _mine.line, _mine.token = line, token
    return int(_mine.token)


def take_over_abandoned(now: datetime) -> int:
    """Give free the messages whose worker died while it was handing them over; return how many.

    Nobody knows whether the server got them, so they are marked: they may arrive twice.
    """
    last = getattr(_mine, "looked_at", None)
    if last is not None and timedelta() <= now - last < LOOK_EVERY:
        return 0
    _mine.looked_at = now
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE outgoing_message
               SET claimed_by = NULL, claimed_at = NULL, merged_into_id = NULL, uncertain_at = %(now)s,
                   due_at = %(now)s, attempts = attempts + 1, reason = 'worker_died', reason_data = '{}'
             WHERE claimed_at < %(before)s AND NOT EXISTS (
                   SELECT 1 FROM pg_locks
                    WHERE locktype = 'advisory' AND classid = %(locks)s AND objid = claimed_by AND granted
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
            """,
            {"now": now, "before": now - GRACE, "locks": LOCKS},
        )
        return int(cursor.rowcount)
