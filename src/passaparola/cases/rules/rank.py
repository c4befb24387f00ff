"""Which case first: severity times value times how soon. Values in, answer out."""

from datetime import datetime, timedelta
from decimal import Decimal
from math import log10

OVERDUE_FACTOR = 3.0
"""What nobody saw to in time counts three times what has a day left."""
HORIZON = timedelta(days=2)


def rank(*, severity: int, value: Decimal, due_at: datetime | None, now: datetime) -> float:
    """Return how much a case matters now; only the order of such numbers means something.

    Severity counts squared: a lost parcel goes before four late handovers. Value counts by its size, not its
    sum: 500 € is no twenty-five times as pressing as 20 €. Nothing is free of charge: a value of 0 counts as 1.
    """
    return severity**2 * _weight(value) * how_soon(due_at, now)


def _weight(value: Decimal) -> float:
    return 1.0 + log10(max(float(value), 1.0))


def how_soon(due_at: datetime | None, now: datetime) -> float:
    """Return 1 where there are two days or more, 3 where the time has passed, in between a straight line."""
    if due_at is None:
        return 1.0
    left = max((due_at - now) / HORIZON, 0.0)
    return OVERDUE_FACTOR - (OVERDUE_FACTOR - 1.0) * min(left, 1.0)
