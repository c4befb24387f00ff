"""How often somebody may try something: counted in PostgreSQL, so that it holds over all web processes.

Windows are fixed: of two neighbouring ones somebody may use up both, so at worst twice `most` in one `per`.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection

from passaparola.kernel.models import Attempts


def may_try(what: str, who: str, *, most: int, per: timedelta, now: datetime) -> bool:
    """Count one try of `what` (`sign-in`) by `who` (an address, a network source) and say if it is allowed.

    `who` is kept as a digest: the table is no list of people. One statement, so simultaneous tries all count.
    """
    seconds = int(per.total_seconds())
    window = int(now.timestamp()) // seconds * seconds
    key = sha256(f"{what}|{who}".encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_attempts AS old (key, window_start, count, forget_at)"
            " VALUES (%s, %s, 1, %s) ON CONFLICT (key, window_start)"
            " DO UPDATE SET count = least(old.count + 1, 1000000) RETURNING count",
            [key, window, now + per],
        )
        return bool(cursor.fetchone()[0] <= most)


def forget_old(*, now: datetime) -> int:
    """Delete what no longer counts; returns how many rows. Called now and then by the worker."""
    return Attempts.objects.filter(forget_at__lt=now).delete()[0]
