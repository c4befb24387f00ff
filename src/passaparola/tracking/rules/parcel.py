"""A parcel's columns, from its scans and what was promised. Values in, answers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Protocol

from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.rules.arrival import (
    LAST_DELIVERY_HOUR,
    Destination,
    Estimate,
    Rhythm,
    arrival_of,
    hand_over_day,
    lane_of,
)
from passaparola.tracking.rules.danger import ENDANGERED, breach_chance
from passaparola.tracking.rules.delay import Journey, explain, is_late
from passaparola.tracking.rules.disruption import Disruption, days_held_up
from passaparola.tracking.rules.eta.lane import EVERYTHING, Lane
from passaparola.tracking.rules.eta.table import LaneTable
from passaparola.tracking.rules.learned import window_of
from passaparola.tracking.rules.stalled import Stall, stall_of
from passaparola.tracking.rules.status import status_of

COLUMNS = (
    "state state_at place picked_up_at out_for_delivery_at ready_for_pickup_at delivered_at attempts "
    "arrival_first arrival_last arrival_day arrival_from arrival_until arrival_source arrival_confidence "
    "promised_first promised_last late_since breach_chance stalled_since "
    "delay_cause delay_confidence delay_facts check_at"
).split()


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows about a parcel: its row, and what has to be told besides."""

    columns: dict[str, Any]
    stall: Stall | None
    is_endangered: bool = False


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
    is_heard_of: bool = True,
    is_look: bool = True,
    stalled_before: datetime | None = None,
    disruptions: Sequence[Disruption] = (),
) -> Derived:
    """Return what the parcel's row says, the same for any order of the scans.

    `zone` is the destination's: its days and hours are promised.
    `lanes` is what the shop's parcels taught so far, None where that is too little; `lane` is this one's.
    `is_heard_of`: somebody tells us its steps; of others, silence says nothing.
    `is_look`: the clock asks, all news being in. Only then silence begins to count, and a promise is called
    endangered: while news come in, in whatever order, half of it would tell of dangers that never were.
    `stalled_before` is the standstill known until now; `disruptions` what the team knows of strikes and closures:
    their days are no working days on the way, and they may explain a delay.
    """
    status = status_of(scans)
    state = ScanState.CANCELLED if is_cancelled else status.state
    if state is ScanState.UNKNOWN and not is_cancelled:
        state = ScanState.LABEL_CREATED if is_followed else ScanState.UNKNOWN
    held_up = days_held_up(disruptions, lane)
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
                lanes,
                lane,
                ordered_at=ordered_at,
                now=now,
                zone=zone,
                rhythm=rhythm,
                status=status,
                held_up=held_up,
            ),
            held_up=held_up,
        )
    deadline = promised.last if promised and is_followed and not is_cancelled else None
    late = is_late(deadline, now, status, zone)
    over = status.is_over or is_cancelled
    chance = None
    if deadline and not (over or late):
        chance = breach_chance(
            deadline,
            status=status,
            arrival=arrival,
            now=now,
            zone=zone,
            ordered_at=ordered_at,
            rhythm=rhythm,
            lanes=lanes,
            lane=lane,
            held_up=held_up,
        )
    stall = None
    if is_heard_of and not is_cancelled:
        stall = stall_of(
            status,
            announced_at=announced_at,
            now=now,
            zone=zone,
            origin=rhythm.origin,
            country=destination.country,
            far=lane_of(rhythm.origin, destination),
            silence=lanes.longest_silence(lane) if lanes else None,
            held_up=held_up,
        )
    if stall and not is_look and stall.since != stalled_before:
        stall = None
    will_miss = bool(deadline and arrival and arrival.misses(deadline))
    why = None
    is_endangered = (chance or 0) >= ENDANGERED
    if late or will_miss or is_endangered:
        way = Journey(
            now=now,
            origin=rhythm.origin,
            destination=destination,
            lane=lane,
            hand_over_by=hand_over_day(ordered_at, zone, rhythm),
            promised_by=deadline,
            disruptions=disruptions,
            until=arrival.last if will_miss and arrival and not late else None,
        )
        why = explain(status, zone=rhythm.zone or zone, journey=way)
    due = _after(deadline, zone) if deadline else None
    columns = {
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
        "breach_chance": chance,
        "stalled_since": stall.since if stall else None,
        "delay_cause": why.cause.value if why else "",
        "delay_confidence": round(why.confidence, 2) if why else None,
        "delay_facts": why.facts if why else {},
        # A rule's window moves with the days: look again each morning until the parcel is there.
        "check_at": None if over or not is_followed else _next_look(now, zone, due),
    }
    if is_endangered and not is_look:
        columns["check_at"] = now
    return Derived(columns, stall, is_endangered=is_endangered and is_look)


def _after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)


def _next_look(now: datetime, zone: tzinfo, due: datetime | None) -> datetime:
    """Each morning; and on the evening before the last promised day, while there is a day left to act."""
    eve = due - timedelta(days=2) + _EVENING if due else now
    if due and now < eve:
        return min(_morning(now, zone), eve)
    return min(_morning(now, zone), due) if due and due > now else _morning(now, zone)


_EVENING = timedelta(hours=LAST_DELIVERY_HOUR, minutes=5)


def _morning(now: datetime, zone: tzinfo) -> datetime:
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(0, 5), zone)
