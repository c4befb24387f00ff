"""Whether a parcel's arrival may be told from what was learned, and the question that is asked then."""

from datetime import date, datetime, tzinfo

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.rules.arrival import Destination, Rhythm
from passaparola.tracking.rules.eta.estimate import estimate
from passaparola.tracking.rules.eta.lane import Lane, Shipment, order_day, zone_of
from passaparola.tracking.rules.eta.table import LaneTable
from passaparola.tracking.rules.eta.window import EtaWindow
from passaparola.tracking.rules.status import ParcelStatus

_GOES_ON = frozenset(
    {
        ScanState.UNKNOWN,
        ScanState.LABEL_CREATED,
        ScanState.PICKED_UP,
        ScanState.IN_TRANSIT,
        ScanState.OUT_FOR_DELIVERY,
    }
)
"""Held, delayed or brought in vain, it has a story of its own: what others took would mislead."""


def lane_of_parcel(destination: Destination, *, carrier: str = "", service: str = "") -> Lane:
    """Return the way a parcel takes; `service` in the shop's words or the carrier's."""
    return Lane(
        carrier, " ".join(service.lower().split())[:60], destination.country, zone_of(destination.postcode)
    )


def window_of(
    lanes: LaneTable | None,
    lane: Lane,
    *,
    ordered_at: datetime,
    now: datetime,
    zone: tzinfo,
    rhythm: Rhythm,
    status: ParcelStatus | None = None,
    held_up: tuple[int, ...] = (),
) -> EtaWindow | None:
    """Return the learned window of a parcel that simply goes on, None where it isn't calibrated.

    `held_up` are days (ordinals) of strikes and closures on its way.
    """
    status = status or ParcelStatus()
    if lanes is None or status.state not in _GOES_ON:
        return None
    shipment = shipment_of(
        lane, ordered_at=ordered_at, zone=zone, rhythm=rhythm, status=status, held_up=held_up
    )
    found = estimate(lanes, shipment, now=now.astimezone(zone))
    return found if found and found.is_calibrated else None


def shipment_of(
    lane: Lane,
    *,
    ordered_at: datetime,
    zone: tzinfo,
    rhythm: Rhythm,
    status: ParcelStatus,
    held_up: tuple[int, ...] = (),
) -> Shipment:
    """Return what a table is asked about a parcel."""
    is_on_tour = status.state is ScanState.OUT_FOR_DELIVERY
    return Shipment(
        lane=lane,
        origin=rhythm.origin,
        ordered_on=order_day(ordered_at, rhythm.zone or zone, rhythm.cut_off),
        handed_over_on=_day(status.picked_up_at, zone),
        tour_on=_day(status.out_for_delivery_at, zone) if is_on_tour else None,
        moved_on=tuple(sorted({at.astimezone(zone).date() for at in status.moved_at})),
        held_up=held_up,
    )


def _day(at: datetime | None, zone: tzinfo) -> date | None:
    return at.astimezone(zone).date() if at else None
