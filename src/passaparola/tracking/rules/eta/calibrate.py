"""The correction: windows are cut so that earlier ones, made without knowing the outcome, would have been right.

Parcels are taken in the order in which they set out. A window is made for each from what had been learned
before, and its *surprise* is noted: how wide the window had to grow before it held the day (split conformal
prediction over nested windows). The surprise that nine tenths of them stayed under is what a 90 % window must
bear. Later parcels count more, a country's own parcels more than the rest, and where the newest windows were
right less often than they claimed, all are widened by what was missing, and narrowed where they were too sure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from passaparola.tracking.rules.eta.lane import Lane, widening
from passaparola.tracking.rules.eta.window import PERCENTS, Step, cut

BORROWED_CHECKS = 60
"""How many checked windows the wider group's correction is worth."""
MOST = 0.995
"""A window that nothing can surprise would have no end."""
_GROWTH = 1.3
"""How much more each block of time counts than the one before."""
_CHANCE = 1.3
"""Standard deviations: a shortfall smaller than this may be luck."""
_TELLS = 20
"""Fewer checked windows than this aren't spoken of."""


@dataclass(frozen=True, slots=True)
class Check:
    """One window that was made before, and what came of it."""

    block: int
    lane: Lane
    surprise: float
    steps: Sequence[Step]


Surprises = dict[int, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """How right the windows of a group were, each corrected by earlier ones only."""

    coverage: dict[int, float]
    width: float
    checked: int


def surprises_of(checks: Iterable[Check], more: Mapping[int, float] | None = None) -> dict[Lane, Surprises]:
    """Return the surprise to bear, by group and percent; `more` is the share to add for drift."""
    groups: defaultdict[Lane, list[tuple[float, int]]] = defaultdict(list)
    for check in checks:
        for group in {*widening(check.lane)[:3]}:
            groups[group].append((check.surprise, round(100 * _GROWTH**check.block)))
    found: dict[Lane, Surprises] = {}
    for group in sorted(groups, key=_width_first):
        own = sorted(groups[group])
        wider = next((found[g] for g in reversed(widening(group)[:3]) if g in found), None)
        found[group] = _borrowing(
            {p: _at(own, p / 100 + (more or {}).get(p, 0)) for p in PERCENTS}, own, wider
        )
    return found


def _width_first(lane: Lane) -> tuple[int, Lane]:
    return sum(map(bool, lane)), lane


def _at(own: Sequence[tuple[float, int]], share: float) -> float:
    """Return the surprise under which this share stayed, one more parcel being reckoned with."""
    target = min(share * (1 + 1 / len(own)), 1.0) * sum(weighed for _, weighed in own)
    gathered = 0
    for surprise, weighed in own:
        gathered += weighed
        if gathered >= target:
            return min(surprise, MOST)
    return MOST


def _borrowing(found: Surprises, own: Sequence[object], wider: Surprises | None) -> Surprises:
    share = BORROWED_CHECKS / (BORROWED_CHECKS + len(own)) if wider else 0.0
    borne: Surprises = {}
    at_least = 0.0
    for percent in PERCENTS:  # a wider window never bears less
        at_least = max(at_least, (1 - share) * found[percent] + share * (wider or found)[percent])
        borne[percent] = at_least
    return borne


def surprise_for(surprises: Mapping[Lane, Surprises], lane: Lane, percent: int) -> float:
    """Return what a window for this lane must bear, by the narrowest group that was checked."""
    return next((surprises[g][percent] for g in reversed(widening(lane)) if g in surprises), MOST)


def measured(checks: Sequence[Check]) -> dict[Lane, Measured]:
    """Return how right windows were from the second block on, each corrected by the blocks before it."""
    hits: defaultdict[Lane, list[tuple[dict[int, bool], int]]] = defaultdict(list)
    for block in sorted({check.block for check in checks})[1:]:
        before = surprises_of(check for check in checks if check.block < block)
        for check in (check for check in checks if check.block == block):
            borne = {percent: surprise_for(before, check.lane, percent) for percent in PERCENTS}
            first, last = cut(check.steps, borne[90])
            hit = {percent: check.surprise <= borne[percent] for percent in PERCENTS}
            for group in {*widening(check.lane)}:
                hits[group].append((hit, last - first + 1))
    return {group: _shares(told) for group, told in hits.items() if len(told) >= _TELLS}


def _shares(told: Sequence[tuple[Mapping[int, bool], int]]) -> Measured:
    return Measured(
        {percent: sum(hit[percent] for hit, _ in told) / len(told) for percent in PERCENTS},
        sum(width for _, width in told) / len(told),
        len(told),
    )


def drift(checks: Sequence[Check]) -> dict[int, float]:
    """Return by how much the newest windows fell short of their percent (or went beyond it: less than 0).

    What may be luck is left out. At most half of the way to certainty: a window of three weeks would be right,
    and tell nothing. Narrowing goes half as fast: a broken promise costs more than an early parcel.
    """
    blocks = sorted({check.block for check in checks})
    newest = [check for check in checks if check.block == blocks[-1]] if len(blocks) > 1 else []
    if len(newest) < _TELLS:
        return {}
    before = surprises_of(check for check in checks if check.block != blocks[-1])
    missing: dict[int, float] = {}
    for percent in PERCENTS:
        claimed = percent / 100
        right = sum(c.surprise <= surprise_for(before, c.lane, percent) for c in newest) / len(newest)
        luck, most = _CHANCE * sqrt(claimed * (1 - claimed) / len(newest)), (1 - claimed) / 2
        if abs(claimed - right) > luck:
            missing[percent] = (
                min(claimed - right, most) if right < claimed else max(claimed - right, -most) / 2
            )
    return missing
