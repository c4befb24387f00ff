"""What two groups of people allow to say: shares, their difference, and how sure that is."""

from dataclasses import dataclass

from passaparola.kernel.shares import newcombe


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


def effect(one: Group, other: Group) -> Effect:
    """Return how much more often `one` did it than `other`."""
    low, high = newcombe(one.did, one.of, other.did, other.of)
    return Effect(one.share - other.share, max(-1.0, low), min(1.0, high))


def better(one: Group, other: Group) -> str:
    """Return `a` or `b`: the one that did better, the first where the figures do not say."""
    return "b" if other.share > one.share else "a"
