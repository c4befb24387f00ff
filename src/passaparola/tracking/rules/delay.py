"""Whether a parcel is late against what was promised, and whose doing it is."""

from datetime import date, datetime, tzinfo
from enum import StrEnum

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.italian import plain
from passaparola.tracking.rules.status import ParcelStatus


class DelayCause(StrEnum):
    """Who or what it waits for; turned into sentences where it is shown."""

    SHOP = "shop"
    """The carrier doesn't have it yet, or got it late."""
    CARRIER = "carrier"
    CUSTOMS = "customs"
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


_CUSTOMS = ("dogan", "svincol", "customs", "douan", "zoll", "aduan", "clearance", "import duties", "alfandeg")

_BY_STATE = {
    ScanState.LOST: DelayCause.LOST,
    ScanState.RETURNING: DelayCause.RETURN,
    ScanState.RETURNED: DelayCause.RETURN,
    ScanState.ATTEMPTED: DelayCause.ATTEMPT,
}


def delay_cause(
    status: ParcelStatus,
    *,
    zone: tzinfo,
    says_it_shipped: bool,
    hand_over_by: date | None = None,
) -> DelayCause:
    """Return whose doing a delay is, in doubt for the one who can't blame anybody else.

    `says_it_shipped`: the shop marked it as sent. `hand_over_by`: the day on which the carrier should
    have got it; handed over later, the delay is the shop's even while the parcel travels.
    """
    if status.state in _BY_STATE:
        return _BY_STATE[status.state]
    if status.state in {ScanState.HELD, ScanState.DELAYED} and status.told_by is not None:
        said = plain(f"{status.told_by.words} {status.told_by.code}")
        if any(word in said for word in _CUSTOMS) or status.told_by.code in _CUSTOMS_CODES:
            return DelayCause.CUSTOMS
        if status.state is ScanState.HELD:
            return DelayCause.HELD
    if status.picked_up_at is None:
        # Announced but not handed over is the shop's; sent by its own word but never seen: nobody knows.
        is_heard_of = status.last_scan is not None
        return DelayCause.SHOP if is_heard_of or not says_it_shipped else DelayCause.UNKNOWN
    if hand_over_by is not None and status.picked_up_at.astimezone(zone).date() > hand_over_by:
        return DelayCause.SHOP
    return DelayCause.ATTEMPT if status.attempted_count else DelayCause.CARRIER


_CUSTOMS_CODES = frozenset({"Exception_004", "Exception_018"})
"""AfterShip's words are the carrier's, in any language; its codes are not."""
