"""How often somebody buys, and from when on we may say that we miss them.

Each customer has a rhythm of their own, but two or three gaps tell little about it. So own gaps and the shop's
are pooled: the fewer own ones there are, the more the shop's count (empirical Bayes on the logarithm of gaps, since
gaps of days and of months lie on one scale there). We miss somebody when nine of ten people with their rhythm
would have come back. Fixed sixty days miss the weekly customer too late and nag the yearly one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

NINE_OF_TEN = 1.2816
"""The normal distribution's quantile."""
ENOUGH = 20
"""Customers who came back, below which a shop has no rhythm yet."""
SHORTEST, LONGEST = 7.0, 730.0
"""Days: nobody is missed within a week, and after two years they have left."""
_LEAST_SPREAD = 0.05


@dataclass(frozen=True, slots=True)
class ShopRhythm:
    """Of the logarithm of gaps in days: its mean, and its variance within people and between them."""

    mean: float
    within: float
    between: float

    @property
    def weight(self) -> float:
        """How many own gaps weigh as much as all that the shop knows."""
        return min(max(self.within / self.between, 0.25), 20.0)


def shop_rhythm(gaps: Sequence[Sequence[float]]) -> ShopRhythm | None:
    """Learn from the gaps (days) of customers who came back; None where there are too few of them."""
    logs = [[math.log(max(gap, 0.5)) for gap in own] for own in gaps if own]
    if len(logs) < ENOUGH:
        return None
    means = [fmean(own) for own in logs]
    spread = [variance(own) for own in logs if len(own) > 1]
    total = max(variance(means), _LEAST_SPREAD)
    within = max(fmean(spread), _LEAST_SPREAD) if spread else total / 2
    # What the means vary by is partly chance: within / n of each is taken off.
    chance = fmean([within / len(own) for own in logs])
    return ShopRhythm(fmean(means), within, max(total - chance, _LEAST_SPREAD))


def missed_after(own_gap: float | None, count: int, shop: ShopRhythm) -> float:
    """Return the days after the last order from which on we miss somebody with `count` gaps of this average."""
    own = math.log(max(own_gap, 0.5)) if own_gap and count else shop.mean
    weight = count / (count + shop.weight)
    mean = weight * own + (1 - weight) * shop.mean
    unsure = shop.between * (1 - weight)
    days = math.exp(mean + NINE_OF_TEN * math.sqrt(shop.within + unsure))
    return min(max(days, SHORTEST), LONGEST)
