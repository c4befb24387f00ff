"""From chances of days to windows: the fewest days that hold enough of the chance.

A window grows from the likeliest day towards whichever neighbour is likelier, so a wider one always holds a
narrower one. How much chance had been gathered before a day joined is that day's *surprise*: 0 for the
likeliest, close to 1 far out in the tail. Cutting windows by surprise is what makes them correctable.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from passaparola.tracking.rules.eta.lane import Group, Lane

PERCENTS = (50, 80, 90)

Day = tuple[int, float]
"""A day's ordinal and its chance."""
Step = tuple[float, int, int]
"""The chance gathered before this step, and the window after it."""


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, both inclusive."""

    first: date
    last: date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EtaWindow:
    """When a parcel arrives, and how much that can be relied on."""

    day: date
    """The one day to show: as likely before as after."""
    windows: dict[int, Days]
    """At 50, 80 and 90 %, each holding the one before."""
    handover: Days | None = None
    """At 80 %, while the carrier doesn't have it."""
    learned_from: Lane
    group: Group
    parcels: int
    """How many delivered parcels of that group were counted."""
    is_calibrated: bool
    """Enough parcels to this country, and windows made for them before were checked."""
    coverage: float | None = None
    """How often earlier 90 % windows were right, measured on parcels they had not been learned from."""
    measured_on: int = 0
    """On so many parcels."""


def grow(days: Sequence[Day]) -> list[Step]:
    """Return the windows from the likeliest day outwards; `days` in order, none of chance 0, adding up to 1."""
    start = max(range(len(days)), key=lambda at: (days[at][1], -at))
    low = high = start
    gathered = days[start][1]
    steps = [(0.0, days[start][0], days[start][0])]
    while low > 0 or high < len(days) - 1:
        earlier = days[low - 1][1] if low > 0 else -1.0
        later = days[high + 1][1] if high < len(days) - 1 else -1.0
        steps_back = earlier > later
        low, high = (low - 1, high) if steps_back else (low, high + 1)
        steps.append((gathered, days[low][0], days[high][0]))
        gathered += max(earlier, later)
    return steps


def cut(steps: Sequence[Step], surprise: float) -> tuple[int, int]:
    """Return the window of all days that surprise no more than that."""
    _, low, high = steps[0]
    for before, first, last in steps:
        if before > surprise:
            break
        low, high = first, last
    return low, high


def surprise_of(steps: Sequence[Step], day: int) -> float:
    """Return how much a window had to gather before it held this day; 1 where none does."""
    return next((before for before, first, last in steps if first <= day <= last), 1.0)


def quantile(days: Sequence[Day], share: float) -> int:
    """Return the first day by which this share has come; the later, the greater the share."""
    sums = list(accumulate(chance for _, chance in days))
    return days[min(bisect_left(sums, share * sums[-1]), len(days) - 1)][0]


def normal(days: Sequence[Day], *, soonest: int) -> list[Day]:
    """Return the chances given that it hasn't come before `soonest`; empty where hardly any is left."""
    rest = [(day, chance) for day, chance in days if day >= soonest and chance > _NOTHING]
    total = sum(chance for _, chance in rest)
    return [(day, chance / total) for day, chance in rest] if total > _TOO_LATE else []


_NOTHING = 1e-6
_TOO_LATE = 0.004
"""Past all but this share of its like, a parcel has a story of its own: no lane can tell its day."""
