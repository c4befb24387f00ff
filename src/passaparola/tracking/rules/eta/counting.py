"""Delivered parcels become counts: how long each leg took, by lane, in the order in which it became known."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from passaparola.tracking.rules.eta.clock import QUARTERS, SATURDAY, SUNDAY, Clock, spent
from passaparola.tracking.rules.eta.days import Spent, add, weight
from passaparola.tracking.rules.eta.lane import Delivered, Lane, Leg, clock_of, lane_of_leg, widening
from passaparola.tracking.rules.eta.road import evenings
from passaparola.tracking.rules.eta.table import Key, LaneRow

LONGEST_WAY = 120
"""Days: what is said to have taken longer is more likely a slip of the keyboard."""
TELLS_WEEKENDS = 50
"""So many parcels show whether a carrier comes on Saturdays."""
STEPS_LOOKED_BACK = 120
"""Days."""
SETTLED = 0.96
"""A day teaches once this share of what began on it should have ended: else only the fast would be heard."""


class Seen(NamedTuple):
    """One leg of one parcel; days as ordinals. Sorts by when it began."""

    start: int
    end: int
    lane: Lane
    origin: str


def legs_of(parcels: Iterable[Delivered]) -> dict[Leg, list[Seen]]:
    """Return what can be learned from, leaving out what can't have been so; sorted by start."""
    legs: dict[Leg, list[Seen]] = {leg: [] for leg in Leg}
    parcels = list(parcels)
    for parcel in parcels:
        lane, origin = parcel.lane, parcel.origin
        ordered, arrived = parcel.ordered_on.toordinal(), parcel.arrived_on.toordinal()
        if parcel.handed_over_on is None or not 0 <= arrived - ordered <= LONGEST_WAY:
            continue
        handed_over = parcel.handed_over_on.toordinal()
        if not ordered - 1 <= handed_over <= arrived:
            continue
        shop = lane_of_leg(Leg.PREPARATION, lane)
        legs[Leg.PREPARATION].append(Seen(ordered, max(handed_over, ordered), shop, origin))
        legs[Leg.ORDERED].append(Seen(ordered, arrived, lane_of_leg(Leg.ORDERED, lane), origin))
        legs[Leg.TRANSIT].append(Seen(handed_over, arrived, lane, origin))
        if parcel.tour_on and handed_over <= (tour := parcel.tour_on.toordinal()) <= arrived:
            legs[Leg.TOUR].append(Seen(tour, arrived, lane_of_leg(Leg.TOUR, lane), origin))
    for parcel in _newest(parcels):
        arrived, origin = parcel.arrived_on.toordinal(), parcel.origin
        for evening, road in evenings(parcel):
            legs[Leg.ROAD].append(Seen(evening.toordinal(), arrived, road, origin))
        quiet = lane_of_leg(Leg.SILENCE, parcel.lane)
        for moved, next_day in pairwise((*parcel.moved_on, parcel.arrived_on)):
            legs[Leg.SILENCE].append(Seen(moved.toordinal(), next_day.toordinal(), quiet, origin))
    return {leg: sorted(seen) for leg, seen in legs.items()}


def _newest(parcels: Sequence[Delivered]) -> Iterator[Delivered]:
    """Return those whose single steps are looked at: each has several evenings, and old ones say little."""
    last = max((parcel.arrived_on for parcel in parcels), default=None)
    return (parcel for parcel in parcels if last and (last - parcel.arrived_on).days <= STEPS_LOOKED_BACK)


def settled_after(seen: Sequence[Seen]) -> int:
    """Return after how many days nearly everything that began on a day has ended."""
    took = sorted([one.end - one.start for one in seen])
    return took[int(SETTLED * (len(took) - 1))] + 1 if took else 1


def weekends_of(seen: Iterable[Seen]) -> dict[Lane, tuple[int, int]]:
    """Return, for each group that tells, how many quarters of a working day its Saturday and Sunday are worth."""
    ends: defaultdict[Lane, Counter[int]] = defaultdict(Counter)
    for (lane, weekday), parcels in Counter((one.lane, (one.end - 1) % 7) for one in seen).items():
        for group in {*widening(lane)[:3]}:
            ends[group][weekday] += parcels
    return {group: _worth(by_day) for group, by_day in ends.items() if by_day.total() >= TELLS_WEEKENDS}


def _worth(by_day: Counter[int]) -> tuple[int, int]:
    usual = sum(by_day[day] for day in range(SATURDAY)) / SATURDAY or 1
    saturday, sunday = (min(round(QUARTERS * by_day[day] / usual), QUARTERS) for day in (SATURDAY, SUNDAY))
    return saturday, sunday


@dataclass(slots=True)
class Tally:
    """The counts of one leg, filled as time goes by."""

    leg: Leg
    seen: list[Seen]
    today: int
    settled: int = 0
    weekends: dict[Lane, tuple[int, int]] = field(default_factory=dict)
    _at: int = 0
    _counts: dict[Lane, tuple[dict[int, dict[Spent, int]], list[int]]] = field(default_factory=dict)
    _clocks: dict[tuple[Lane, str], Clock] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.settled = settled_after(self.seen)
        self.weekends = weekends_of(self.seen)

    def advance(self, until: int) -> None:
        """Count what was settled by the morning of that day."""
        while self._at < len(self.seen) and self.seen[self._at].start <= until - self.settled:
            self._add(self.seen[self._at])
            self._at += 1

    def _add(self, one: Seen) -> None:
        weekdays, parcels = self._counts.setdefault(one.lane, ({}, [0]))
        key = spent(self._clock(one), one.start, one.end)
        counts = weekdays.setdefault((one.start - 1) % 7, {})
        counts[key] = counts.get(key, 0) + weight(self.today - one.start)
        parcels[0] += 1

    def _clock(self, one: Seen) -> Clock:
        known = self._clocks.get((one.lane, one.origin))
        if known is None:
            groups = (self.weekends.get(group) for group in reversed(widening(one.lane)))
            weekends = next((found for found in groups if found), (0, 0))
            known = clock_of(self.leg, one.origin, one.lane, weekends)
            self._clocks[one.lane, one.origin] = known
        return known

    def rows(self) -> dict[Key, LaneRow]:
        """Return what was counted so far, for every group."""
        groups: dict[Lane, tuple[dict[int, dict[Spent, int]], list[int]]] = {}
        for lane, (weekdays, parcels) in self._counts.items():
            for group in _groups(self.leg, lane):
                into, count = groups.setdefault(group, ({}, [0]))
                count[0] += parcels[0]
                for weekday, counts in weekdays.items():
                    add(counts, to=into.setdefault(weekday, {}))
        return {
            (self.leg, group): LaneRow(parcels=count[0], weekdays=weekdays, weekends=self.weekends.get(group))
            for group, (weekdays, count) in groups.items()
        }


def _groups(leg: Leg, lane: Lane) -> set[Lane]:
    """Return all groups that a parcel belongs to, also those asked for before its carrier is known."""
    groups = {*widening(lane)}
    return groups | {*widening(lane_of_leg(Leg.ORDERED, lane))} if leg is Leg.TRANSIT else groups
