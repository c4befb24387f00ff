"""Two shares and their difference, with how sure that is. Values in, answers out.

The interval is Newcombe's for the difference of two shares, made of Wilson's intervals: honest at the hundreds
a small shop has, where the textbook's formula promises too much.
(R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10.)
"""

import math

Z = 1.959964
"""95 %."""


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
