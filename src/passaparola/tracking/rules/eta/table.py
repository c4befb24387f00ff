"""All lanes of a shop, and what they make of one parcel's days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from passaparola.tracking.rules.eta.clock import QUARTERS, readings
from passaparola.tracking.rules.eta.days import (
    BORROWED,
    BORROWED_BY_WEEKDAY,
    UNIT,
    UNKNOWING,
    Chances,
    Counts,
    added,
    blended,
    until,
)
from passaparola.tracking.rules.eta.lane import Lane, Leg, Shipment, clock_of, lane_of_leg, widening
from passaparola.tracking.rules.eta.window import Day, EtaWindow, normal

Key = tuple[Leg, Lane]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRow:
    """What one group of parcels taught about one leg."""

    parcels: int = 0
    weekdays: Mapping[int, Counts] = field(default_factory=dict)
    """How long it took, by the weekday (0 is Monday) on which it began."""
    weekends: tuple[int, int] | None = None
    """Quarters of a working day that Saturday and Sunday are worth; None where too few tell."""
    surprises: Mapping[int, float] = field(default_factory=dict)
    """By percent: the surprise that a window must bear to be right so often (`calibrate`)."""
    coverage: Mapping[int, float] = field(default_factory=dict)
    """By percent: how often windows were right, measured on later parcels than they were learned from."""
    width: float = 0.0
    """Days that the measured 90 % windows had on average."""
    measured_on: int = 0


EMPTY = LaneRow()


class LaneTable:
    """Rows by leg and group. Never changes; what was worked out once is remembered."""

    def __init__(self, rows: Mapping[Key, LaneRow], *, unit: float = UNIT) -> None:
        """`unit` is what a parcel of the day counts on which this is asked."""
        self.rows = dict(rows)
        self._unit = unit
        self.answers: dict[tuple[Shipment, int], EtaWindow | None] = {}
        """What was asked before: a shipment and the soonest day it may come."""
        self.alarms: dict[tuple[Shipment, int], int | None] = {}
        """The evening from which an order still in the shop misses a day, as asked before (`rules.danger`)."""
        # Kept per table: orders of one day and country all ask the same few questions.
        self._own = lru_cache(maxsize=None)(lambda leg, group: added(self.row(leg, group).weekdays.values()))
        self._group = lru_cache(maxsize=4096)(self._group_of)
        self._by_weekday = lru_cache(maxsize=8192)(self._by_weekday_of)
        self.leg_days = lru_cache(maxsize=8192)(self._leg_days)
        self.ordered_days = lru_cache(maxsize=8192)(self._ordered_days)

    def remember(self, asked: tuple[Shipment, int], answer: EtaWindow | None) -> None:
        if len(self.answers) >= _REMEMBERED:
            self.answers.clear()
        self.answers[asked] = answer

    def row(self, leg: Leg, lane: Lane) -> LaneRow:
        return self.rows.get((leg, lane), EMPTY)

    def weekends(self, leg: Leg, lane: Lane) -> tuple[int, int]:
        """Return what weekends are worth on this lane, told by the narrowest group that knows."""
        for group in reversed(widening(lane)):
            known = self.row(leg, group).weekends
            if known is not None:
                return known
        return 0, 0

    def longest_silence(self, lane: Lane) -> int | None:
        """Return the working days without a move that all but a few parcels stayed within; None if unknown."""
        for group in reversed(widening(lane_of_leg(Leg.SILENCE, lane))[1:]):
            row = self.row(Leg.SILENCE, group)
            if row.parcels >= _TELLS_SILENCE:
                return _quarters(added(row.weekdays.values()), _NEARLY_ALL) // QUARTERS
        return None

    def _group_of(self, leg: Leg, lane: Lane) -> Chances:
        chances, seen = UNKNOWING, None
        for group, borrowed in zip(widening(lane), BORROWED, strict=True):
            row = self.rows.get((leg, group))
            if row is None or group == seen:
                continue
            seen = group
            chances = blended(self._own(leg, group), chances, borrowed * self._unit)
        return chances

    def _by_weekday_of(self, leg: Leg, lane: Lane, weekday: int) -> tuple[float, ...]:
        narrowest = next((g for g in reversed(widening(lane)) if (leg, g) in self.rows), Lane())
        counts = self.row(leg, narrowest).weekdays.get(weekday, {})
        wider = self._group(leg, lane)
        return until(blended(counts, wider, BORROWED_BY_WEEKDAY * self._unit))

    def _leg_days(
        self, leg: Leg, origin: str, lane: Lane, start: int, held_up: tuple[int, ...] = ()
    ) -> tuple[Day, ...]:
        """Return each day's chance that a leg begun on `start` ends on it; none does on a day held up."""
        by = self._by_weekday(leg, lane, (start - 1) % 7)
        clock = clock_of(leg, origin, lane, self.weekends(leg, lane), held_up)
        found, before = [(start, by[0])], by[0]
        for ahead, reading in enumerate(readings(clock, start)[1:], 1):
            if by[reading] > before:
                found.append((start + ahead, by[reading] - before))
                before = by[reading]
            if before > _AS_GOOD_AS_ALL:
                break
        return tuple(found)

    def _ordered_days(
        self, origin: str, lane: Lane, start: int, soonest: int, held_up: tuple[int, ...] = ()
    ) -> tuple[Day, ...]:
        """Return each day's chance of arrival for what was ordered on `start` and not handed over yet."""
        found: dict[int, float] = {}
        shop = lane_of_leg(Leg.PREPARATION, lane)
        prepared = normal(self.leg_days(Leg.PREPARATION, origin, shop, start), soonest=soonest)
        for handed_over, likely in prepared:
            if likely < _HARDLY:
                continue
            for day, chance in self.leg_days(Leg.TRANSIT, origin, lane, handed_over, held_up):
                found[day] = found.get(day, 0.0) + likely * chance
        return tuple(sorted(found.items()))


def _quarters(counts: Counts, share: float) -> int:
    """Return the quarters after which this share had ended."""
    due, gathered = share * sum(counts.values()), 0
    for (_, last), weighed in sorted(counts.items(), key=lambda one: one[0][1]):
        gathered += weighed
        if gathered >= due:
            return last
    return 0


_TELLS_SILENCE = 200
"""Moves from which a lane's own silence is known."""
_NEARLY_ALL = 0.98
_REMEMBERED = 20_000
_AS_GOOD_AS_ALL = 0.9995
_HARDLY = 0.002
"""Handovers less likely than this aren't followed up."""
