"""What a journey was worth: how many reached the goal who were in it, against those left alone."""

from dataclasses import dataclass

from passaparola.kernel.shares import newcombe

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
