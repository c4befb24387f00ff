"""Which return a refund of the shop's answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A return that may be meant."""

    pk: int
    amount: Decimal
    """What it should give back; zero where no money was agreed."""
    pieces: Mapping[str, int]
    """By the line's id at the source."""
    is_noted: bool = False
    """Somebody noted the refund already, or asked the shop for it: it waits for the shop's word."""


def match(amount: Decimal, parts: Mapping[str, int], candidates: Sequence[Candidate]) -> int | None:
    """Return the candidate meant, or None where no one is clearly meant.

    The same pieces say most, then the same amount. Alone, an amount must be the whole of it: a smaller one
    with no piece named is a kindness beside the return.
    """
    ranked = sorted(
        ((_rank(amount, parts, candidate), -candidate.pk, candidate.pk) for candidate in candidates),
        reverse=True,
    )
    if not ranked or ranked[0][0] == 0:
        return None
    return ranked[0][2]


def _rank(amount: Decimal, parts: Mapping[str, int], candidate: Candidate) -> int:
    is_same_money = candidate.amount > 0 and abs(candidate.amount - amount) < CENT
    shared = set(parts) & set(candidate.pieces)
    is_same_thing = bool(parts) and dict(parts) == dict(candidate.pieces)
    if not (is_same_money or is_same_thing or (shared and amount > 0)):
        return 0
    return 8 * is_same_thing + 4 * is_same_money + 2 * bool(shared) + candidate.is_noted
