"""What a journey was worth: how many reached the goal who were in it, against those left alone.

The interval is Newcombe's for the difference of two shares, made of Wilson's intervals: honest at the hundreds
a small shop has, where the textbook's formula promises too much.
(R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10.)
"""

import math
from dataclasses import dataclass

Z = 1.959964
"""95 %."""
ENOUGH = 20
"""People on each side, below which nothing is said."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Shares from 0 to 1. `low` to `high` is where the difference lies, as far as these numbers tell."""

    treated: int
    treated_reached: int
    left_alone: int
    left_alone_reached: int

    @property
    def share(self) -> float:
        return self.treated_reached / self.treated if self.treated else 0.0

    @property
    def share_alone(self) -> float:
        return self.left_alone_reached / self.left_alone if self.left_alone else 0.0

    @property
    def difference(self) -> float:
        return self.share - self.share_alone

    @property
    def interval(self) -> tuple[float, float]:
        return newcombe(self.treated_reached, self.treated, self.left_alone_reached, self.left_alone)

    @property
    def has_enough(self) -> bool:
        return min(self.treated, self.left_alone) >= ENOUGH

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves zero out."""
        low, high = self.interval
        return self.has_enough and (low > 0 or high < 0)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Return where a share lies."""
    if not count:
        return 0.0, 1.0
    share, square = hits / count, Z * Z
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = Z / (1 + square / count) * math.sqrt(share * (1 - share) / count + square / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(hits: int, count: int, other_hits: int, other_count: int) -> tuple[float, float]:
    """Return where the difference of two shares lies."""
    if not count or not other_count:
        return -1.0, 1.0
    share, other = hits / count, other_hits / other_count
    low, high = wilson(hits, count)
    other_low, other_high = wilson(other_hits, other_count)
    difference = share - other
    return (
        difference - math.sqrt((share - low) ** 2 + (other_high - other) ** 2),
        difference + math.sqrt((high - share) ** 2 + (other - other_low) ** 2),
    )
