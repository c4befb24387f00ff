"""What two groups of people allow to say: shares, their difference, and how sure that is.

Newcombe's interval from Wilson's: honest at small numbers, where the usual formula promises too much.
Source: R. G. Newcombe, Statistics in Medicine 17 (1998), method 10.
"""

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Group:
    did: int
    of: int

    @property
    def share(self) -> float:
        return self.did / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference of shares (-1 to 1) with its 95 % interval."""

    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """The interval leaves out zero: chance alone hardly explains it."""
        return self.low > 0 or self.high < 0


def wilson(group: Group) -> tuple[float, float]:
    """Return the 95 % interval of a share; everything is possible where nobody was asked."""
    n, z = group.of, Z95
    if n == 0:
        return 0.0, 1.0
    p = group.share
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def effect(one: Group, other: Group) -> Effect:
    """Return how much more often `one` did it than `other`."""
    low_one, high_one = wilson(one)
    low_other, high_other = wilson(other)
    p, q = one.share, other.share
    return Effect(
        p - q,
        max(-1.0, p - q - sqrt((p - low_one) ** 2 + (high_other - q) ** 2)),
        min(1.0, p - q + sqrt((high_one - p) ** 2 + (q - low_other) ** 2)),
    )


def better(one: Group, other: Group) -> str:
    """Return `a` or `b`: the one that did better, the first where the figures do not say."""
    return "b" if other.share > one.share else "a"
