"""Learning a shop's lanes from its delivered parcels."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from passaparola.tracking.rules.eta.calibrate import Check, drift, measured, surprises_of
from passaparola.tracking.rules.eta.counting import Seen, Tally, legs_of, settled_after
from passaparola.tracking.rules.eta.days import HALF_LIFE, UNIT
from passaparola.tracking.rules.eta.lane import Delivered, Lane, Leg
from passaparola.tracking.rules.eta.table import EMPTY, Key, LaneRow, LaneTable
from passaparola.tracking.rules.eta.window import Day, Step, grow, normal, surprise_of

BLOCKS = 5
"""Windows are checked in so many steps forward; before each, all that is known by then is learned."""
CHECKED_SHARE = 0.45
"""The newest parcels, on which windows are checked; the older ones are only learned from."""
CHECKED_DAYS = 120
"""Checks older than this tell about another season, if there are enough newer ones."""
ENOUGH = 400
_COUNTED = (Leg.PREPARATION, Leg.TRANSIT, Leg.ROAD, Leg.SILENCE, Leg.TOUR)
_CORRECTED = (Leg.PREPARATION, Leg.TRANSIT, Leg.ROAD, Leg.TOUR, Leg.ORDERED)
"""Those that windows are made of."""
MOST_CHECKS = 300
"""Per block and leg: more would cost time and change nothing."""


def learn(parcels: Iterable[Delivered], *, today: date) -> dict[Key, LaneRow]:
    """Return the rows of a table: counts by leg and group, and how far their windows must be corrected.

    The same parcels in any order give the same rows. What began lately is left out until its slow ones
    have come too.
    """
    now = today.toordinal()
    legs = legs_of(parcels)
    tallies = {leg: Tally(leg, legs[leg], now) for leg in _COUNTED}
    checks: dict[Leg, list[Check]] = {leg: [] for leg in Leg}
    settled = {leg: now - settled_after(seen) + 1 for leg, seen in legs.items()}
    borders = _borders([one.start for one in legs[Leg.ORDERED]], now)
    for block, (since, until) in enumerate(pairwise(borders)):
        known: dict[Key, LaneRow] = {}
        for tally in tallies.values():
            tally.advance(since)
            known |= tally.rows()
        table = LaneTable(known, unit=UNIT * 0.5 ** ((now - since) / HALF_LIFE))
        for leg in _CORRECTED:
            checks[leg] += _checked(table, leg, block, _some(legs[leg], since, min(until, settled[leg])))
    rows: dict[Key, LaneRow] = {}
    for tally in tallies.values():
        tally.advance(now)
        rows |= tally.rows()
    for leg in _CORRECTED:
        _correct(rows, leg, checks[leg])
    return rows


def _borders(starts: Sequence[int], now: int) -> list[int]:
    """Return the days on which blocks begin, the last being the end; as many parcels in each."""
    settled = [start for start in starts if start <= now - 1]
    recent = [start for start in settled if start >= now - CHECKED_DAYS]
    newest = settled[int(len(settled) * (1 - CHECKED_SHARE)) :]
    if ENOUGH <= len(recent) < len(newest):
        newest = recent
    days = {newest[len(newest) * block // BLOCKS] for block in range(BLOCKS)} if newest else set()
    return [*sorted(days), now + 1]


def _some(seen: Sequence[Seen], since: int, until: int) -> Sequence[Seen]:
    """Return evenly so many of those days: they are in an order that depends on nothing but themselves."""
    due = seen[bisect_left(seen, (since,)) : bisect_left(seen, (until,))]
    step = -(-len(due) // MOST_CHECKS) or 1
    return due[::step]


def _checked(table: LaneTable, leg: Leg, block: int, due: Sequence[Seen]) -> list[Check]:
    @cache
    def steps_of(origin: str, lane: Lane, start: int) -> tuple[Step, ...]:
        return tuple(grow(normal(_days(table, leg, origin, lane, start), soonest=start)))

    checks = []
    for one in due:
        steps = steps_of(one.origin, one.lane, one.start)
        checks.append(Check(block, one.lane, surprise_of(steps, one.end), steps))
    return checks


def _days(table: LaneTable, leg: Leg, origin: str, lane: Lane, start: int) -> tuple[Day, ...]:
    if leg is Leg.ORDERED:
        return table.ordered_days(origin, lane, start, start)
    return table.leg_days(leg, origin, lane, start)


def _correct(rows: dict[Key, LaneRow], leg: Leg, checks: Sequence[Check]) -> None:
    """Add to the rows of a leg how far windows must be widened, and how right they were."""
    surprises = surprises_of(checks, drift(checks))
    found = measured(checks)
    for lane in {*surprises, *found}:
        row = rows.get((leg, lane), EMPTY)
        seen = found.get(lane)
        rows[leg, lane] = LaneRow(
            parcels=row.parcels,
            weekdays=row.weekdays,
            weekends=row.weekends,
            surprises=surprises.get(lane, {}),
            coverage=seen.coverage if seen else {},
            width=seen.width if seen else 0.0,
            measured_on=seen.checked if seen else 0,
        )
