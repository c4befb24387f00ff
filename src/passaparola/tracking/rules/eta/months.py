"""How right arrival windows were, month by month and lane by lane, beside the carrier's word and the rule's.

Each half month is told from what had been learned by its first morning, and its outcome looked up afterwards: no
parcel is measured that was learned from. (A shop learns daily: this is rather a little worse than life.) The rule
and the carrier are held against the same parcels.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.rules.arrival import Destination, Rhythm, arrival_of
from passaparola.tracking.rules.eta.calibrate import Check, Surprises, drift, surprise_for, surprises_of
from passaparola.tracking.rules.eta.counting import Tally, legs_of
from passaparola.tracking.rules.eta.days import HALF_LIFE, UNIT
from passaparola.tracking.rules.eta.estimate import CALIBRATED
from passaparola.tracking.rules.eta.lane import Delivered, Lane, Leg, lane_of_leg
from passaparola.tracking.rules.eta.table import LaneRow, LaneTable
from passaparola.tracking.rules.eta.window import PERCENTS, cut, grow, normal, surprise_of
from passaparola.tracking.rules.status import ParcelStatus

WARM = 3
"""Months before the first one told, on which windows are checked so that the first can be corrected."""
MOST = 300
"""Parcels of half a month that are looked at, evenly taken: more would cost time and change nothing."""
MIDDLE = 16
"""The day on which the second half of a month begins."""


class When(StrEnum):
    """When the window was told."""

    ORDERED = "ordered"
    HANDED_OVER = "handover"


class Teller(StrEnum):
    LEARNED = "learned"
    RULE = "rule"
    CARRIER = "carrier"
    """The first day it ever named."""


class Key(NamedTuple):
    month: date
    """Its first day."""
    carrier: str
    country: str
    moment: When
    teller: Teller


@dataclass(slots=True)
class Record:
    """What became of the windows of one month."""

    parcels: int = 0
    inside: dict[int, int] = field(default_factory=lambda: dict.fromkeys(PERCENTS, 0))
    """By percent: how many came inside their window."""
    in_time: int = 0
    """How many came by the last day of the 90 % window."""
    days: int = 0
    """The days of all 90 % windows together."""

    def add(self, spans: Mapping[int, tuple[int, int]], day: int) -> None:
        first, last = spans[90]
        self.parcels += 1
        self.in_time += day <= last
        self.days += last - first + 1
        for percent, span in spans.items():
            self.inside[percent] += span[0] <= day <= span[1]


_LEGS = {When.ORDERED: Leg.ORDERED, When.HANDED_OVER: Leg.TRANSIT}


def by_month(parcels: Iterable[Delivered], *, today: date, months: int, rhythm: Rhythm) -> dict[Key, Record]:
    """Return the records of this month and so many before it; none of months too early to have learned."""
    parcels = list(parcels)
    began = {when: _by_start(parcels, when) for when in When}
    legs, now = legs_of(parcels), today.toordinal()
    tallies = [Tally(leg, legs[leg], now) for leg in (Leg.PREPARATION, Leg.TRANSIT)]
    settled = now - max((tally.settled for tally in tallies), default=1) * 2 + 1
    checks: dict[When, list[Check]] = {when: [] for when in When}
    found: dict[Key, Record] = {}
    for block, (since, until) in enumerate(pairwise(_borders(today, months + WARM))):
        rows: dict[tuple[Leg, Lane], LaneRow] = {}
        for tally in tallies:
            tally.advance(since.toordinal())
            rows |= tally.rows()
        unit = UNIT * 0.5 ** ((now - since.toordinal()) / HALF_LIFE)
        table = LaneTable(rows, unit=unit)
        for when in When:
            due = _due(began[when], since.toordinal(), min(until.toordinal(), settled), table)
            told = list(_told(table, when, block, due))
            if block >= 2 * WARM and checks[when]:
                surprises = surprises_of(checks[when], drift(checks[when]))
                for parcel, check in told:
                    for teller, spans in _spans(parcel, check, when, surprises, rhythm).items():
                        key = Key(
                            since.replace(day=1), parcel.lane.carrier, parcel.lane.country, when, teller
                        )
                        found.setdefault(key, Record()).add(spans, parcel.arrived_on.toordinal())
            checks[when] += [check for _, check in told]
    return found


def _borders(today: date, back: int) -> list[date]:
    """Return the days on which half months begin, from so many months before this one to the next."""
    index = today.year * 12 + today.month - 1
    months = [(at // 12, at % 12 + 1) for at in range(index - back, index + 2)]
    return [date(*month, day) for month in months for day in (1, MIDDLE)][:-1]


def _by_start(parcels: Sequence[Delivered], when: When) -> list[tuple[int, int, Lane, Delivered]]:
    """Return the parcels with the day of this moment, in an order that depends on nothing but themselves."""
    found = [
        (start.toordinal(), parcel.arrived_on.toordinal(), parcel.lane, parcel)
        for parcel in parcels
        if (start := _start(parcel, when)) and start <= parcel.arrived_on
    ]
    return sorted(found, key=lambda one: one[:3])


def _start(parcel: Delivered, when: When) -> date | None:
    return parcel.ordered_on if when is When.ORDERED else parcel.handed_over_on


def _due(
    began: Sequence[tuple[int, int, Lane, Delivered]], since: int, until: int, table: LaneTable
) -> Sequence[Delivered]:
    """Return some of the parcels of those days that a learned window would have been told of."""
    some = began[bisect_left(began, since, key=itemgetter(0)) : bisect_left(began, until, key=itemgetter(0))]
    some = some[:: -(-len(some) // MOST) or 1]
    return [
        parcel
        for *_, lane, parcel in some
        if table.row(Leg.TRANSIT, Lane(country=lane.country)).parcels >= CALIBRATED
    ]


def _told(
    table: LaneTable, when: When, block: int, due: Sequence[Delivered]
) -> Iterator[tuple[Delivered, Check]]:
    leg = _LEGS[when]
    for parcel in due:
        lane, start = lane_of_leg(leg, parcel.lane), (_start(parcel, when) or parcel.ordered_on).toordinal()
        if when is When.ORDERED:
            days = table.ordered_days(parcel.origin, lane, start, start)
        else:
            days = table.leg_days(leg, parcel.origin, lane, start)
        if likely := normal(days, soonest=start):
            steps = grow(likely)
            yield parcel, Check(block, lane, surprise_of(steps, parcel.arrived_on.toordinal()), steps)


def _spans(
    parcel: Delivered, check: Check, when: When, surprises: Mapping[Lane, Surprises], rhythm: Rhythm
) -> dict[Teller, dict[int, tuple[int, int]]]:
    """Return everybody's windows of one parcel, by percent."""
    learned = {p: cut(check.steps, surprise_for(surprises, check.lane, p)) for p in PERCENTS}
    found = {Teller.LEARNED: learned, Teller.RULE: _by_rule(parcel, when, rhythm)}
    if when is When.HANDED_OVER and parcel.told_on:
        day = max(parcel.told_on, parcel.handed_over_on or parcel.told_on).toordinal()
        found[Teller.CARRIER] = dict.fromkeys(PERCENTS, (day, day))
    return found


def _by_rule(parcel: Delivered, when: When, rhythm: Rhythm) -> dict[int, tuple[int, int]]:
    """Return the one window of the rule of thumb, whatever the percent."""
    ordered_at = datetime.combine(parcel.ordered_on, time(8), UTC)
    handed_over = datetime.combine(parcel.handed_over_on or parcel.ordered_on, time(8), UTC)
    is_later = when is When.HANDED_OVER
    arrival = arrival_of(
        ordered_at=ordered_at,
        now=handed_over if is_later else ordered_at,
        zone=UTC,
        destination=Destination(country=parcel.lane.country, postcode=parcel.lane.zone),
        status=ParcelStatus(
            state=ScanState.PICKED_UP if is_later else ScanState.UNKNOWN,
            picked_up_at=handed_over if is_later else None,
        ),
        # The cut-off was heeded when the order's day was told.
        rhythm=replace(rhythm, zone=None, cut_off=time(23, 59)),
    )
    first, last = (arrival.first, arrival.last) if arrival else (parcel.ordered_on, parcel.ordered_on)
    return dict.fromkeys(PERCENTS, (first.toordinal(), last.toordinal()))
