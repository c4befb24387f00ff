"""Which case first: severity times value times how soon. Values in, answer out."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from math import log10

OVERDUE_FACTOR = 3.0
"""What nobody saw to in time counts three times what has a day left."""
HORIZON = timedelta(days=2)


LOOK_AGAIN = timedelta(days=1)
"""Whoever did something about it may wait so long for what comes of it."""


def due_of(troubles: Iterable[tuple[datetime, timedelta]], looked_at: datetime | None) -> datetime:
    """Return by when somebody should see to a case: (when it went wrong, how soon to look) for each trouble.

    What somebody has done something about since waits a day longer; what went wrong after that does not.
    """
    return min(
        at + within if looked_at is None or at > looked_at else max(at + within, looked_at + LOOK_AGAIN)
        for at, within in troubles
    )


def rank(
    *, severity: int, value: Decimal, due_at: datetime | None, now: datetime, is_in_hand: bool = False
) -> float:
    """Return how much a case matters now; only the order of such numbers means something.

    Severity counts squared: a lost parcel goes before four late handovers. Value counts by its size, not its
    sum: 500 € is no twenty-five times as pressing as 20 €. Nothing is free of charge: a value of 0 counts as 1.
    What is in hand does not press until its time has come.
    """
    waits = is_in_hand and due_at is not None and due_at > now
    return severity**2 * _weight(value) * (1.0 if waits else how_soon(due_at, now))


def _weight(value: Decimal) -> float:
    return 1.0 + log10(max(float(value), 1.0))


def how_soon(due_at: datetime | None, now: datetime) -> float:
    """Return 1 where there are two days or more, 3 where the time has passed, in between a straight line."""
    if due_at is None:
        return 1.0
    left = max((due_at - now) / HORIZON, 0.0)
    return OVERDUE_FACTOR - (OVERDUE_FACTOR - 1.0) * min(left, 1.0)
