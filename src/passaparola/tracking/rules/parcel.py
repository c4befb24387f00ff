"""A parcel's columns, from its scans and what was promised. Values in, answers out."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Protocol

from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.rules.arrival import Destination, Estimate, Rhythm, arrival_of, hand_over_day
from passaparola.tracking.rules.delay import delay_cause, is_late
from passaparola.tracking.rules.eta.lane import EVERYTHING, Lane
from passaparola.tracking.rules.eta.table import LaneTable
from passaparola.tracking.rules.learned import window_of
from passaparola.tracking.rules.status import status_of

COLUMNS = (
    "state state_at place picked_up_at out_for_delivery_at ready_for_pickup_at delivered_at attempts "
    "arrival_first arrival_last arrival_day arrival_from arrival_until arrival_source arrival_confidence "
    "promised_first promised_last late_since delay_cause check_at"
).split()


class Window(Protocol):
    """Days, both inclusive."""

    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...


def parcel_columns(
    scans: Sequence[ScanFacts],
    *,
    now: datetime,
    zone: tzinfo,
    ordered_at: datetime,
    announced_at: datetime,
    is_cancelled: bool,
    promised: Window | None,
    destination: Destination,
    rhythm: Rhythm,
    told: Estimate,
    is_followed: bool,
    lanes: LaneTable | None = None,
    lane: Lane = EVERYTHING,
) -> dict[str, Any]:
    """Return what the parcel's row says, the same for any order of the scans.

    `zone` is the destination's: its days and hours are promised.
    `lanes` is what the shop's parcels taught so far, None where that is too little; `lane` is this one's.
    """
    status = status_of(scans)
    state = ScanState.CANCELLED if is_cancelled else status.state
    if state is ScanState.UNKNOWN and not is_cancelled:
        state = ScanState.LABEL_CREATED if is_followed else ScanState.UNKNOWN
    arrival = None
    if is_followed and not is_cancelled:
        arrival = arrival_of(
            ordered_at=ordered_at,
            now=now,
            zone=zone,
            destination=destination,
            status=status,
            told=told,
            rhythm=rhythm,
            learned=window_of(
                lanes, lane, ordered_at=ordered_at, now=now, zone=zone, rhythm=rhythm, status=status
            ),
        )
    deadline = promised.last if promised and is_followed and not is_cancelled else None
    late = is_late(deadline, now, status, zone)
    over = status.is_over or is_cancelled
    endangered = late or bool(deadline and arrival and arrival.misses(deadline))
    cause = ""
    if endangered:
        by = hand_over_day(ordered_at, zone, rhythm)
        cause = delay_cause(status, zone=rhythm.zone or zone, says_it_shipped=True, hand_over_by=by).value
    due = _after(deadline, zone) if deadline else None
    return {
        "state": state.value,
        "state_at": status.state_at or announced_at,
        "place": status.last_scan.place if status.last_scan else "",
        "picked_up_at": status.picked_up_at,
        "out_for_delivery_at": status.out_for_delivery_at,
        "ready_for_pickup_at": status.ready_for_pickup_at,
        "delivered_at": status.delivered_at,
        "attempts": status.attempted_count,
        "arrival_first": arrival.first if arrival else None,
        "arrival_last": arrival.last if arrival else None,
        "arrival_day": arrival.day if arrival else None,
        "arrival_from": arrival.time_from if arrival else None,
        "arrival_until": arrival.time_until if arrival else None,
        "arrival_source": arrival.source.value if arrival else "",
        "arrival_confidence": arrival.confidence.value if arrival else "",
        "promised_first": promised.first if promised else None,
        "promised_last": promised.last if promised else None,
        "late_since": due if late else None,
        "delay_cause": cause,
        # A rule's window moves with the days: look again each morning until the parcel is there.
        "check_at": None if over or not is_followed else _next_look(now, zone, due),
    }


def _after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)


def _next_look(now: datetime, zone: tzinfo, due: datetime | None) -> datetime:
    tomorrow = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(0, 5), zone)
    return min(tomorrow, due) if due and due > now else tomorrow
