"""How long parcels took, counted in quarters of working days, with strength borrowed from wider groups.

A count is a whole number: `UNIT` for a parcel of today, half of that for one of `HALF_LIFE` days ago. Sums of
whole numbers are the same in any order, so the same parcels always teach the same.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate

from passaparola.tracking.rules.eta.clock import LAST

UNIT = 1000
"""What one parcel of today counts."""
HALF_LIFE = 45
"""Days: carriers change with the season; a year later half a percent of a word is left."""

Spent = tuple[int, int]
"""The first and the last quarter in which it may have ended."""
Counts = Mapping[Spent, int]
Chances = tuple[float, ...]
"""The chance of each quarter; they add up to 1."""

BORROWED = (2, 4, 12, 12)
"""How many parcels the wider group's word is worth: to everything, a country, a carrier there, a lane."""
BORROWED_BY_WEEKDAY = 25
"""How many parcels the other weekdays' word is worth."""

_FADING = 0.985
_tail = [_FADING**quarter for quarter in range(1, LAST + 1)]
UNKNOWING: Chances = (0.0, *(value / sum(_tail) for value in _tail))
"""What stands behind everything: sooner rather than later, and nothing impossible."""


@cache
def weight(age: int) -> int:
    """Return what a parcel that set out so many days ago counts."""
    return round(UNIT * float(0.5 ** (max(age, 0) / HALF_LIFE)))


def add(counts: Counts, *, to: dict[Spent, int]) -> None:
    for spent, weighed in counts.items():
        to[spent] = to.get(spent, 0) + weighed


def added(every: Iterable[Counts]) -> dict[Spent, int]:
    """Return the sum of several counts."""
    found: dict[Spent, int] = {}
    for counts in every:
        add(counts, to=found)
    return found


def blended(own: Counts, wider: Chances, borrowed: float) -> Chances:
    """Return the chances from a group's own counts and, with the weight `borrowed`, the wider group's.

    A day is shared evenly by its quarters.
    """
    total = sum(own.values()) + borrowed
    share = borrowed / total
    found = [share * theirs for theirs in wider]
    for (first, last), weighed in sorted(own.items()):  # fractions add up the same only in the same order
        each = weighed / total / (last - first + 1)
        for quarter in range(first, last + 1):
            found[quarter] += each
    return tuple(found)


def until(chances: Chances) -> tuple[float, ...]:
    """Return the chance that it has ended by each quarter."""
    return tuple(accumulate(chances))
