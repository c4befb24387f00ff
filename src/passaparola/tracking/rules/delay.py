"""Whether a parcel is late against what was promised, whose doing it is, and how sure that is.

“We have not handed it over yet” and “the carrier is late” are never mixed: while no scan proves the handover the
delay is the shop's, and what was handed over late stays the shop's though the carrier be slow as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.italian import plain
from passaparola.tracking.rules.arrival import Destination, lane_of, plus_days
from passaparola.tracking.rules.arrival import Lane as Far
from passaparola.tracking.rules.disruption import Disruption
from passaparola.tracking.rules.eta.lane import EVERYTHING, Lane
from passaparola.tracking.rules.holidays import is_holiday
from passaparola.tracking.rules.status import ParcelStatus


class DelayCause(StrEnum):
    """Who or what it waits for; turned into sentences where it is shown."""

    SHOP = "shop"
    """The carrier doesn't have it yet, or got it late."""
    CARRIER = "carrier"
    CUSTOMS = "customs"
    CLOSURE = "closure"
    """A strike or closure that the team entered."""
    HOLIDAY = "holiday"
    """Public holidays in a country on the way, which the promise had not reckoned with."""
    ATTEMPT = "attempt"
    """It was brought and nobody was there."""
    HELD = "held"
    """It waits for somebody: a wrong address, a refusal, a payment."""
    RETURN = "return"
    LOST = "lost"
    UNKNOWN = "unknown"
    """Nobody tells us anything."""


def is_late(promised_last: date | None, now: datetime, status: ParcelStatus, zone: tzinfo) -> bool:
    """Tell whether it came, or will come, after the last promised day.

    Waiting at the pick-up point counts as having come. What is cancelled can't be late.
    """
    if promised_last is None or status.state is ScanState.CANCELLED:
        return False
    came_at = status.delivered_at
    if came_at is None and status.state is ScanState.READY_FOR_PICKUP:
        came_at = status.ready_for_pickup_at
    return (came_at or now).astimezone(zone).date() > promised_last


PROBABLY = 0.75
"""A cause less sure than this is told as probable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a parcel is late."""

    cause: DelayCause
    confidence: float
    """0 to 1."""
    facts: dict[str, Any] = field(default_factory=dict)
    """`shop_days`: working days that we handed it over late; `holidays`: [country, day] each; `words`: the team's
    own sentence by language; `until`: the last day of a closure. Days in ISO."""

    @property
    def is_probable(self) -> bool:
        return self.confidence < PROBABLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What is known of a parcel's way besides its scans."""

    now: datetime | None = None
    origin: str = ""
    destination: Destination = field(default_factory=Destination)
    lane: Lane = EVERYTHING
    hand_over_by: date | None = None
    """The day on which the carrier should have got it."""
    promised_by: date | None = None
    """The last day first promised: a strike known to begin by then will be the reason."""
    disruptions: Sequence[Disruption] = ()
    until: date | None = None
    """Until when it will be on the road, where that makes it late: else what lies ahead explains nothing."""


def explain(
    status: ParcelStatus, *, zone: tzinfo, says_it_shipped: bool = True, journey: Journey
) -> Explanation:
    """Return whose doing a delay is, in doubt for the one who can't blame anybody else.

    `says_it_shipped`: the shop marked it as sent. Handed over later than it should have been, the delay is the
    shop's even while the parcel travels.
    """
    return (
        _by_state(status)
        or _by_customs(status)
        or _by_shop(status, zone, says_it_shipped=says_it_shipped, journey=journey)
        or _by_disruption(status, zone, journey)
        or _by_attempt(status)
        or _by_holiday(status, zone, journey)
        or _by_silence_at_the_border(status, journey)
        or Explanation(cause=DelayCause.CARRIER, confidence=0.85)
    )


_BY_STATE = {
    ScanState.LOST: DelayCause.LOST,
    ScanState.RETURNING: DelayCause.RETURN,
    ScanState.RETURNED: DelayCause.RETURN,
    ScanState.ATTEMPTED: DelayCause.ATTEMPT,
}


def _by_state(status: ParcelStatus) -> Explanation | None:
    cause = _BY_STATE.get(status.state)
    return Explanation(cause=cause, confidence=0.95) if cause else None


_CUSTOMS = ("dogan", "svincol", "customs", "douan", "zoll", "aduan", "clearance", "import duties", "alfandeg")


def _by_customs(status: ParcelStatus) -> Explanation | None:
    """The carrier says that it was stopped, and by whom."""
    if status.state not in {ScanState.HELD, ScanState.DELAYED} or status.told_by is None:
        return None
    said = plain(f"{status.told_by.words} {status.told_by.code}")
    if any(word in said for word in _CUSTOMS) or status.told_by.code in _CUSTOMS_CODES:
        return Explanation(cause=DelayCause.CUSTOMS, confidence=0.95)
    return Explanation(cause=DelayCause.HELD, confidence=0.9) if status.state is ScanState.HELD else None


def _by_shop(
    status: ParcelStatus, zone: tzinfo, *, says_it_shipped: bool, journey: Journey
) -> Explanation | None:
    by = journey.hand_over_by
    if status.picked_up_at is None:
        # Announced but not handed over is the shop's; sent by its own word but never seen: nobody knows.
        if status.last_scan is None and says_it_shipped:
            return Explanation(cause=DelayCause.UNKNOWN, confidence=0.5)
        until = journey.now.astimezone(zone).date() if journey.now else by
        facts = {"shop_days": _working_days(by, until, journey.origin)} if by and until and until > by else {}
        return Explanation(cause=DelayCause.SHOP, confidence=0.95, facts=facts)
    handed_over = status.picked_up_at.astimezone(zone).date()
    if by is None or handed_over <= by:
        return None
    facts = {"shop_days": _working_days(by, handed_over, journey.origin)}
    return Explanation(cause=DelayCause.SHOP, confidence=0.9, facts=facts)


def _working_days(after: date, until: date, country: str) -> int:
    """Return after how many working days the other day comes."""
    off, days = frozenset({5, 6}), 0
    while days < 60 and plus_days(after, days, off=off, countries=(country,)) < until:  # noqa: PLR2004 - enough
        days += 1
    return days


def _by_disruption(status: ParcelStatus, zone: tzinfo, journey: Journey) -> Explanation | None:
    since, until = _under_way(status, zone, journey)
    if journey.promised_by and not status.delivered_at:
        until = max(until, journey.promised_by)
    met = [one for one in journey.disruptions if one.holds_up(journey.lane, since, until)]
    if not met:
        return None
    worst = max(met, key=lambda one: (one.is_narrow, one.last, one.words))
    facts = {"words": dict(worst.words), "until": worst.last.isoformat()}
    return Explanation(cause=DelayCause.CLOSURE, confidence=0.9 if worst.is_narrow else 0.8, facts=facts)


def _under_way(status: ParcelStatus, zone: tzinfo, journey: Journey) -> tuple[date, date]:
    """Return the days between the handover and the arrival, or today."""
    since = status.picked_up_at or journey.now
    until = status.delivered_at or journey.now or since
    if since is None or until is None:
        return date.max, date.min
    last = until.astimezone(zone).date()
    return since.astimezone(zone).date(), max(last, journey.until or last)


def _by_attempt(status: ParcelStatus) -> Explanation | None:
    return Explanation(cause=DelayCause.ATTEMPT, confidence=0.8) if status.attempted_count else None


def _by_holiday(status: ParcelStatus, zone: tzinfo, journey: Journey) -> Explanation | None:
    """Both ends' holidays were reckoned with when the promise was made; those of countries in between were not."""
    reckoned = {journey.origin, journey.destination.country, ""}
    between = [country for country in status.countries if country not in reckoned]
    since, until = _under_way(status, zone, journey)
    days = min((until - since).days, _LONGEST_LOOK) if between else -1
    found = [
        [country, day.isoformat()]
        for day in (since + timedelta(days=ahead) for ahead in range(days + 1))
        for country in between
        if day.weekday() < _SATURDAY and is_holiday(day, country)
    ]
    if not found:
        return None
    return Explanation(
        cause=DelayCause.HOLIDAY, confidence=min(0.5 + 0.15 * len(found), 0.8), facts={"holidays": found}
    )


_SATURDAY, _LONGEST_LOOK = 5, 60
_SILENT = timedelta(days=3)


def _by_silence_at_the_border(status: ParcelStatus, journey: Journey) -> Explanation | None:
    """Silent for days on a way that leads through customs, and nobody says why: probably there."""
    scan, now = status.last_scan, journey.now
    is_far = lane_of(journey.origin, journey.destination) is Far.WORLD
    if not is_far or scan is None or now is None or now - scan.at < _SILENT or status.delivered_at:
        return None
    return Explanation(cause=DelayCause.CUSTOMS, confidence=0.55)


def delay_cause(
    status: ParcelStatus, *, zone: tzinfo, says_it_shipped: bool, hand_over_by: date | None = None
) -> DelayCause:
    """Return the cause by the scans alone."""
    journey = Journey(hand_over_by=hand_over_by)
    return explain(status, zone=zone, says_it_shipped=says_it_shipped, journey=journey).cause


_CUSTOMS_CODES = frozenset({"Exception_004", "Exception_018"})
"""AfterShip's words are the carrier's, in any language; its codes are not."""
