"""How often somebody may try something: counted in PostgreSQL, so that it holds over all web processes.

Windows are fixed: of two neighbouring ones somebody may use up both, so at worst twice `most` in one `per`.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction

from passaparola.kernel.models import Attempts


def may_try(what: str, who: str, *, most: int, per: timedelta, now: datetime) -> bool:
    """Count one try of `what` (`sign-in`) by `who` (an address, a network source) and say if it is allowed.

    `who` is kept as a digest: the table is no list of people. One statement, so simultaneous tries all count.
    """
    key, window, forget_at = _place(what, who, per, now)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_attempts AS old (key, window_start, count, forget_at)"
            " VALUES (%s, %s, 1, %s) ON CONFLICT (key, window_start)"
            " DO UPDATE SET count = least(old.count + 1, 1000000) RETURNING count",
            [key, window, forget_at],
        )
        return bool(cursor.fetchone()[0] <= most)


@transaction.atomic
def take(what: str, who: str, *, wanted: int, most: int, per: timedelta, now: datetime) -> int:
    """Take up to `wanted` of what is left in this window, and return how many were left for us.

    For work that waits its turn: what it does not get now, it asks for again.
    """
    key, window, forget_at = _place(what, who, per, now)
    Attempts.objects.bulk_create(
        [Attempts(key=key, window_start=window, forget_at=forget_at)], ignore_conflicts=True
    )
    row = Attempts.objects.select_for_update().get(key=key, window_start=window)
    granted = max(min(wanted, most - row.count), 0)
    Attempts.objects.filter(pk=row.pk).update(count=row.count + granted)
    return granted


def forget_old(*, now: datetime) -> int:
    """Delete what no longer counts; returns how many rows. Called now and then by the worker."""
    return Attempts.objects.filter(forget_at__lt=now).delete()[0]


def _place(what: str, who: str, per: timedelta, now: datetime) -> tuple[str, int, datetime]:
    """Return the key, the start of the window, and when nobody will ask about it any more."""
    seconds = int(per.total_seconds())
    window = int(now.timestamp()) // seconds * seconds
    return sha256(f"{what}|{who}".encode()).hexdigest(), window, now + per
