"""Who gets most: the figure that tells whether anybody is pestered."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

WEEK = timedelta(days=7)


def busiest_of(letters: Mapping[int, Sequence[datetime]]) -> tuple[int | None, int]:
    """Return who got most in any seven days, and how many; the one longest known of equal ones."""
    counted = ((person, in_a_week(times)) for person, times in sorted(letters.items()))
    return max(counted, key=lambda pair: pair[1], default=(None, 0))


def in_a_week(times: Iterable[datetime]) -> int:
    """Return the most of these times that lie in any seven days on end."""
    ordered, most, first = sorted(times), 0, 0
    for last, at in enumerate(ordered):
        while ordered[first] <= at - WEEK:
            first += 1
        most = max(most, last - first + 1)
    return most
