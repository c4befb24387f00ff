"""Asking a table when a parcel arrives; asked again at every scan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from passaparola.tracking.rules.eta.calibrate import MOST
from passaparola.tracking.rules.eta.clock import LONGEST
from passaparola.tracking.rules.eta.lane import Lane, Leg, Shipment, group_of, lane_of_leg, widening
from passaparola.tracking.rules.eta.road import on_evening
from passaparola.tracking.rules.eta.table import LaneRow, LaneTable
from passaparola.tracking.rules.eta.window import (
    PERCENTS,
    Day,
    Days,
    EtaWindow,
    cut,
    grow,
    normal,
    quantile,
)

USEFUL, CALIBRATED = 50, 200
"""Delivered parcels to a country from which windows say something, and from which they are right."""
LAST_DELIVERY_HOUR: Final = 20
"""After this hour nothing more comes today."""


def estimate(table: LaneTable, shipment: Shipment, *, now: datetime) -> EtaWindow | None:
    """Return when it arrives; None where too little was learned or it has been under way unlike any other.

    `now` is local at the destination. No day lies in the past.
    """
    asked = (shipment, soonest_day(now))
    if asked not in table.answers:  # hundreds of parcels of one day and lane ask the same
        table.remember(asked, _estimate(table, shipment, asked[1]))
    return table.answers[asked]


def _estimate(table: LaneTable, shipment: Shipment, soonest: int) -> EtaWindow | None:
    shipment = shipment if shipment.lane.country else at_home(shipment)
    leg, days = chances_of(table, shipment, soonest=soonest)
    lane = _lane_asked(leg, shipment, soonest)
    country = table.row(Leg.TRANSIT, Lane(country=lane.country))
    if country.parcels < USEFUL or not days:
        return None
    checked = _narrowest_checked(table, leg, lane)
    steps = grow(days)
    windows = {percent: _days(*cut(steps, checked.surprises.get(percent, MOST))) for percent in PERCENTS}
    learned_from = _learned_from(table, shipment.lane)
    told = _told(table, leg, lane)
    middle = date.fromordinal(quantile(days, 0.5))
    return EtaWindow(
        day=min(max(middle, windows[50].first), windows[50].last),
        windows=windows,
        handover=_handover(table, shipment, soonest) if leg is Leg.ORDERED else None,
        learned_from=learned_from,
        group=group_of(learned_from),
        parcels=table.row(Leg.TRANSIT, learned_from).parcels,
        is_calibrated=country.parcels >= CALIBRATED and bool(checked.surprises),
        coverage=told.coverage.get(90),
        measured_on=told.measured_on,
    )


def chances_of(table: LaneTable, shipment: Shipment, *, soonest: int) -> tuple[Leg, Sequence[Day]]:
    """Return from which leg on it is looked at, and each day's chance, given that it comes no earlier."""
    lane, origin = shipment.lane, shipment.origin
    if shipment.tour_on:
        leg, start = Leg.TOUR, shipment.tour_on.toordinal()
    elif shipment.handed_over_on:
        if days := _from_the_road(table, shipment, soonest):
            return Leg.ROAD, days
        leg, start = Leg.TRANSIT, shipment.handed_over_on.toordinal()
    else:
        start = shipment.ordered_on.toordinal()
        waited = max(start, soonest)
        waits = waited - start <= _LONGEST_WAIT
        days = table.ordered_days(origin, lane, start, waited, shipment.held_up) if waits else ()
        return Leg.ORDERED, normal(days, soonest=soonest)
    # Whoever drives it to the door today is not on strike.
    held_up = () if leg is Leg.TOUR else shipment.held_up
    return leg, normal(table.leg_days(leg, origin, lane_of_leg(leg, lane), start, held_up), soonest=soonest)


def _from_the_road(table: LaneTable, shipment: Shipment, soonest: int) -> Sequence[Day]:
    """Return each day's chance by how far it had come last evening; nothing where no like it was seen.

    What moved today already may still come today; if it does not, it is one move further this evening.
    """
    days = _from_evening(table, shipment, soonest - 1)
    if not days or shipment.moved_on[-1].toordinal() != soonest or days[0][0] != soonest:
        return days
    today = days[0][1]
    later = _from_evening(table, shipment, soonest) or normal(days, soonest=soonest + 1)
    return [days[0], *((day, (1 - today) * chance) for day, chance in later)] if later else days


def _from_evening(table: LaneTable, shipment: Shipment, evening: int) -> Sequence[Day]:
    lane = on_evening(shipment.lane, shipment.moved_on, date.fromordinal(evening), shipment.held_up)
    if lane is None or table.row(Leg.ROAD, widening(lane)[2]).parcels < LIKE_IT:
        return ()
    days = table.leg_days(Leg.ROAD, shipment.origin, lane, evening, shipment.held_up)
    return normal(days, soonest=evening + 1)


LIKE_IT = 30
"""Evenings of parcels that had come as far with this carrier, from which the next one is told."""


def _lane_asked(leg: Leg, shipment: Shipment, soonest: int) -> Lane:
    """Return whose correction holds: the group that its days were told from."""
    if leg is Leg.ORDERED:
        return shipment.lane
    if leg is Leg.ROAD:
        evening = date.fromordinal(soonest - 1)
        lane = on_evening(shipment.lane, shipment.moved_on, evening, shipment.held_up)
        return lane or shipment.lane
    return lane_of_leg(leg, shipment.lane)


_LONGEST_WAIT = LONGEST * 7 // 5


def soonest_day(now: datetime) -> int:
    return (now.date() + timedelta(days=1 if now.hour >= LAST_DELIVERY_HOUR else 0)).toordinal()


def at_home(shipment: Shipment) -> Shipment:
    return replace(shipment, lane=shipment.lane._replace(country=shipment.origin))


def _days(first: int, last: int) -> Days:
    return Days(date.fromordinal(first), date.fromordinal(last))


def _handover(table: LaneTable, shipment: Shipment, soonest: int) -> Days | None:
    lane = lane_of_leg(Leg.PREPARATION, shipment.lane)
    start = shipment.ordered_on.toordinal()
    days = normal(table.leg_days(Leg.PREPARATION, shipment.origin, lane, start), soonest=soonest)
    if not days:
        return None
    return _days(*cut(grow(days), _narrowest_checked(table, Leg.PREPARATION, lane).surprises.get(80, MOST)))


def _narrowest_checked(table: LaneTable, leg: Leg, lane: Lane) -> LaneRow:
    """Return the row whose correction holds for this lane."""
    rows = (table.row(leg, group) for group in reversed(widening(lane)))
    return next((row for row in rows if row.surprises), LaneRow())


def _learned_from(table: LaneTable, lane: Lane) -> Lane:
    """Return the narrowest group with enough parcels to be called after."""
    groups = (g for g in reversed(widening(lane)) if table.row(Leg.TRANSIT, g).parcels >= USEFUL)
    return next(groups, Lane())


def _told(table: LaneTable, leg: Leg, lane: Lane) -> LaneRow:
    """Return the row whose measured coverage may be shown: the narrowest with windows enough."""
    rows = (table.row(leg, group) for group in reversed(widening(lane)))
    return next((row for row in rows if row.measured_on >= USEFUL), LaneRow())
