"""How far a parcel has come on an evening, told from its scans: what two parcels on the road have in common.

A parcel of yesterday, three depots on, arrives sooner than one that has not moved for two days. So each evening
that delivered parcels spent on the road is learned from by itself: how often they had moved by then, for how many
working days they had been silent, and how long it took from there.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from passaparola.tracking.rules.eta.lane import Delivered, Lane
from passaparola.tracking.rules.islands import is_island

MOST_MOVES, MOST_SILENT = 7, 3
"""Beyond, there are too few parcels to tell apart."""
EVENINGS = 20
"""So many of a parcel are learned from: who lies for months would else speak for all."""


def road_lane(lane: Lane, moves: int, silent: int) -> Lane:
    """Return the group of parcels that had come as far; of the zones only the islands differ from there on."""
    far = "ferry" if is_island(lane.country, lane.zone) else ""
    carrier = f"{lane.carrier[:50]} {min(moves, MOST_MOVES)}/{min(silent, MOST_SILENT)}"
    return lane._replace(carrier=carrier, zone=far[:2])


def on_evening(
    lane: Lane, moved_on: Sequence[date], evening: date, held_up: Sequence[int] = ()
) -> Lane | None:
    """Return the group a parcel belongs to on that evening; None while nothing told that it moves.

    Silence on a day on which nothing could move is none.
    """
    moves = bisect_right(moved_on, evening)
    if not moves:
        return None
    last = moved_on[moves - 1]
    still = held_up[bisect_right(held_up, last.toordinal()) : bisect_right(held_up, evening.toordinal())]
    silent = working_days(last, evening) - sum(date.fromordinal(day).weekday() < _SATURDAY for day in still)
    return road_lane(lane, moves, silent)


_SATURDAY = 5


def evenings(parcel: Delivered) -> Iterator[tuple[date, Lane]]:
    """Return each evening that a delivered parcel spent on the road, with its group."""
    if not parcel.moved_on:
        return
    first = parcel.moved_on[0].toordinal()
    until = min(parcel.arrived_on.toordinal(), first + EVENINGS)
    for ordinal in range(first, until):
        evening = date.fromordinal(ordinal)
        if lane := on_evening(parcel.lane, parcel.moved_on, evening):
            yield evening, lane


def working_days(after: date, until: date) -> int:
    """Return how many Mondays to Fridays lie after one day and until the other, that one included."""
    return max(_weekdays_before(until.toordinal() + 1) - _weekdays_before(after.toordinal() + 1), 0)


def _weekdays_before(ordinal: int) -> int:
    """Count from the first day of our calendar, a Monday."""
    weeks, days = divmod(ordinal - 1, 7)
    return weeks * 5 + min(days, 5)
