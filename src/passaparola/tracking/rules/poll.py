"""When a carrier is asked about a parcel again. Values in, answers out.

Often while it is on the van, seldom while nothing moves, more and more seldom while asking fails, and no
more once nothing is to be expected: the carrier's servers are not ours.
"""

from datetime import datetime, timedelta

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.rules.status import ParcelStatus

GIVES_UP_UNKNOWN = timedelta(days=21)
"""A number nobody has heard of for so long was a slip of the pen, or the parcel never left."""
GIVES_UP_QUIET = timedelta(days=45)
"""After so long without a step nothing more comes by itself."""
FOLLOWS = timedelta(days=45)
"""Parcels announced longer ago (imported history) are not asked about at all."""

SELDOM = timedelta(hours=24)
FIRST_RETRY, LAST_RETRY = timedelta(minutes=5), timedelta(hours=12)
_MOST_DOUBLINGS = 10

_OFTEN = {
    ScanState.OUT_FOR_DELIVERY: timedelta(minutes=20),
    ScanState.ATTEMPTED: timedelta(hours=1),
    ScanState.LABEL_CREATED: timedelta(hours=2),
    ScanState.PICKED_UP: timedelta(hours=2),
    ScanState.IN_TRANSIT: timedelta(hours=2),
    ScanState.DELAYED: timedelta(hours=2),
    ScanState.READY_FOR_PICKUP: timedelta(hours=4),
    ScanState.HELD: timedelta(hours=4),
    ScanState.RETURNING: timedelta(hours=8),
    ScanState.LOST: timedelta(hours=24),
}
"""At least this long between two questions, right after a step."""
_UNKNOWN = timedelta(hours=1)
_SLOWING, _SLOWING_ON_THE_VAN = 8, 24
"""The pause is that part of the time for which nothing has moved: 2 hours after 16, 9 after three days."""
_SPREAD = 0.1
"""Parcels handed over together are not asked about in the same minute for ever."""


def first_poll(announced_at: datetime, now: datetime) -> datetime | None:
    """Ask about a new number at once; None for one so old that nothing more is to be expected."""
    return now if now - announced_at < FOLLOWS else None


def next_poll(
    status: ParcelStatus,
    *,
    now: datetime,
    asked_since: datetime,
    is_final: bool = False,
    failures: int = 0,
    spread: float = 0.0,
) -> datetime | None:
    """Return when to ask again, always after `now`; None where asking ends.

    `status` follows from all scans there are, none while the carrier doesn't know the number; `asked_since`
    is the first time we asked; `failures` counts answers in a row that were none; `spread`, from 0 to 1 and
    always the same for a number, keeps many numbers apart.
    """
    if is_final or status.state in {ScanState.DELIVERED, ScanState.RETURNED, ScanState.CANCELLED}:
        return None
    last = status.last_scan
    # A step from the future, as wrong clocks tell them, must not keep us asking until then.
    quiet = max(now - (last.at if last and last.at <= now else asked_since), timedelta())
    if quiet >= (GIVES_UP_QUIET if last else GIVES_UP_UNKNOWN):
        return None
    pause = max(_pause(status.state, quiet), _retry(failures))
    return now + pause * (1 + _SPREAD * spread)


def _pause(state: ScanState, quiet: timedelta) -> timedelta:
    part = _SLOWING_ON_THE_VAN if state is ScanState.OUT_FOR_DELIVERY else _SLOWING
    return min(max(_OFTEN.get(state, _UNKNOWN), quiet / part), SELDOM)


def _retry(failures: int) -> timedelta:
    if failures <= 0:
        return timedelta()
    return min(FIRST_RETRY * (1 << min(failures - 1, _MOST_DOUBLINGS)), LAST_RETRY)
