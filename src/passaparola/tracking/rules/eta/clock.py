"""Working time: a clock that stands still on days on which nothing moves.

It counts quarters of a working day. A carrier that delivers on Saturdays, but less than on other days, has a
Saturday of one or two quarters: so weekends neither smear a lane nor are forbidden.
"""

from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from passaparola.tracking.rules.holidays import is_holiday

QUARTERS = 4
LONGEST = 50
"""Working days after which counting ends: what takes longer is as good as unknown."""
LAST = LONGEST * QUARTERS
AHEAD = 90
"""Days of the calendar that are looked at from a start on; `LONGEST` and a Christmas fit in."""
SATURDAY, SUNDAY = 5, 6
_CHUNK = 1024


class Clock(NamedTuple):
    countries: tuple[str, ...] = ()
    """Whose public holidays stand still."""
    saturday: int = 0
    """Quarters that a Saturday counts, 0 to 4."""
    sunday: int = 0
    held_up: tuple[int, ...] = ()
    """Days (ordinals) of strikes and closures: nothing moves."""


def spent(clock: Clock, start: int, day: int) -> tuple[int, int]:
    """Return the quarters (first, last) that may have ended on `day`, counted from `start`; ordinals of dates.

    The same day is (0, 0). A day on which nothing should move belongs to the quarters before it.
    """
    if day <= start:
        return 0, 0
    passed = readings(clock, start)
    if day - start >= AHEAD:
        return LAST, LAST
    last = max(passed[day - start], 1)
    return min(passed[day - start - 1] + 1, last), last


@lru_cache(maxsize=16384)
def readings(clock: Clock, start: int) -> tuple[int, ...]:
    """Return how much working time has passed by the end of each day from `start` (0) on."""
    return tuple(min(_between(clock, start, start + ahead), LAST) for ahead in range(AHEAD))


def _between(clock: Clock, start: int, day: int) -> int:
    (first, at), (last, until) = divmod(start, _CHUNK), divmod(day, _CHUNK)
    whole = sum(_chunk(clock, chunk)[-1] for chunk in range(first, last))
    return whole + _chunk(clock, last)[until] - _chunk(clock, first)[at]


@lru_cache(maxsize=512)
def _chunk(clock: Clock, chunk: int) -> tuple[int, ...]:
    """Return what the clock shows on each of these days, having started at 0 before the first."""
    held_up = frozenset(clock.held_up)
    days = range(max(chunk * _CHUNK, 1), min((chunk + 1) * _CHUNK, date.max.toordinal()))
    moves = [0 if day in held_up else _moves(clock, date.fromordinal(day)) for day in days]
    return tuple(accumulate([0] * (days.start - chunk * _CHUNK) + moves))


def _moves(clock: Clock, day: date) -> int:
    if any(is_holiday(day, country) for country in clock.countries):
        return 0
    weekday = day.weekday()
    if weekday < SATURDAY:
        return QUARTERS
    return clock.saturday if weekday == SATURDAY else clock.sunday
