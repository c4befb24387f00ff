"""How likely a promise of arrival is broken, seen before it is: by the lanes, the scans so far, and the carrier's word.

The threshold was chosen on earlier parcels than those it is measured on: `bin/bench eta` prints precision and recall.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.rules.arrival import (
    LAST_DELIVERY_HOUR,
    Arrival,
    Destination,
    Rhythm,
    Source,
    arrival_of,
    plus_days,
)
from passaparola.tracking.rules.eta.lane import Lane
from passaparola.tracking.rules.eta.risk import chance_after
from passaparola.tracking.rules.eta.table import LaneTable
from passaparola.tracking.rules.learned import shipment_of
from passaparola.tracking.rules.status import ParcelStatus

ENDANGERED: Final = 0.55
"""From this chance of a breach on, the team looks after it; seven alarms of ten are right."""
SURE = 0.8
"""From this one on, the customer is told that it will be late: nineteen of twenty such messages are right."""
BY_THE_RULE = 0.8
"""How far a rule of thumb is believed that says it comes too late."""
SAID_BY_CARRIER = 0.9
"""A carrier that names a day past the promise itself is seldom wrong about that."""
STOPPED = 0.75
"""Held or delayed by the carrier's word, with days left: our own reckoning, for want of enough such parcels."""

_GONE = frozenset({ScanState.RETURNING, ScanState.RETURNED, ScanState.LOST})
_STOPPED = frozenset({ScanState.HELD, ScanState.DELAYED})
_OFF = frozenset({5, 6})


def breach_chance(
    deadline: date,
    *,
    status: ParcelStatus,
    arrival: Arrival | None,
    now: datetime,
    zone: tzinfo,
    ordered_at: datetime,
    rhythm: Rhythm,
    lanes: LaneTable | None = None,
    lane: Lane,
    held_up: tuple[int, ...] = (),
) -> float:
    """Return the chance, 0 to 1, that a parcel on its way comes after the last day promised.

    `arrival` is what its page says now. Waiting at the pick-up point counts as having come.
    """
    if status.state in {ScanState.DELIVERED, ScanState.READY_FOR_PICKUP, ScanState.CANCELLED}:
        return 0.0
    if status.state in _GONE or now.astimezone(zone).date() > deadline:
        return 1.0
    learned = None
    if lanes is not None:
        shipment = shipment_of(
            lane, ordered_at=ordered_at, zone=zone, rhythm=rhythm, status=status, held_up=held_up
        )
        learned = chance_after(lanes, shipment, last=deadline, now=now.astimezone(zone))
    said = _said(deadline, status, arrival, now=now, zone=zone, rhythm=rhythm, lane=lane)
    by_rule = BY_THE_RULE * _share_after(arrival, deadline) if learned is None and arrival else 0.0
    return round(max(learned or 0.0, said, by_rule), 3)


def _said(
    deadline: date,
    status: ParcelStatus,
    arrival: Arrival | None,
    *,
    now: datetime,
    zone: tzinfo,
    rhythm: Rhythm,
    lane: Lane,
) -> float:
    """Return what the carrier's own word makes of it."""
    if arrival and arrival.source is Source.CARRIER:
        return SAID_BY_CARRIER if arrival.misses(deadline) else 0.0
    if status.state is ScanState.ATTEMPTED:
        countries = tuple({rhythm.origin, lane.country or rhythm.origin})
        again = plus_days(now.astimezone(zone).date(), 1, off=_OFF, countries=countries)
        return SAID_BY_CARRIER if again > deadline else 0.0
    return STOPPED if status.state in _STOPPED else 0.0


def _share_after(arrival: Arrival, deadline: date) -> float:
    """Return how much of a window lies past that day."""
    days = (arrival.last - arrival.first).days + 1
    return min(max((arrival.last - deadline).days, 0), days) / days


def alarm_day(
    last: date,
    *,
    ordered_at: datetime,
    zone: tzinfo,
    destination: Destination,
    rhythm: Rhythm,
    lanes: LaneTable | None,
    lane: Lane,
    held_up: tuple[int, ...] = (),
) -> date | None:
    """Return the day on whose evening an order that no carrier has will probably miss its last day.

    None where that is not before its end. Follows from the order and the lanes alone, so it can be looked up
    when the promise is made.
    """
    shipment = shipment_of(
        lane, ordered_at=ordered_at, zone=zone, rhythm=rhythm, status=ParcelStatus(), held_up=held_up
    )
    asked = (shipment, last.toordinal())
    if lanes is not None and asked in lanes.alarms:
        found = lanes.alarms[asked]
        return date.fromordinal(found) if found else None

    def chance_on(now: datetime) -> float:
        learned = chance_after(lanes, shipment, last=last, now=now) if lanes is not None else None
        if learned is not None:
            return learned
        by_rule = arrival_of(
            ordered_at=ordered_at,
            now=now,
            zone=zone,
            destination=destination,
            rhythm=rhythm,
            held_up=held_up,
        )
        return _share_after(by_rule, last) if by_rule else 0.0

    day = ordered_at.astimezone(zone).date()
    while day < last and chance_on(evening(day, zone)) < ENDANGERED:
        day += timedelta(days=1)
    if lanes is not None:
        lanes.alarms[asked] = day.toordinal() if day < last else None
    return day if day < last else None


def evening(day: date, zone: tzinfo) -> datetime:
    """Return the moment after which nothing more comes that day."""
    return datetime.combine(day, time(LAST_DELIVERY_HOUR, 5), zone)
