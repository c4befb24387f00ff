"""Whether a parcel stands still: no word for longer than nearly all parcels on its way were silent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.rules.arrival import Lane as Far
from passaparola.tracking.rules.eta.clock import AHEAD, LAST, QUARTERS, Clock, readings
from passaparola.tracking.rules.status import ParcelStatus

WAITS_IN_SHOP = 3
"""Working days that a parcel may stand announced before somebody should look why nobody fetches it."""
PATIENCE = {Far.DOMESTIC: 3, Far.ISLANDS: 4, Far.UNION: 5, Far.WORLD: 8}
"""Working days without a word on the road, where the lane's own silences are not known yet."""
LEAST, MOST = 2, 15
"""However talkative or silent a lane is."""
MISSING = {Far.DOMESTIC: 10, Far.ISLANDS: 12, Far.UNION: 15, Far.WORLD: 25}
"""Working days without a word after which a parcel is probably lost: carriers accept a search from about then."""

FORGOTTEN = 45
"""After so many working days nobody waits for news any more; what is to be done was begun long ago."""


class Where(StrEnum):
    SHOP = "shop"
    """Announced, and the carrier does not have it: ours to look after."""
    ROAD = "road"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """A parcel that stands still."""

    where: Where
    since: datetime
    """The last word of it."""
    days: int
    """Working days without a word."""
    is_missing: bool = False


_OTHERWISE = frozenset({ScanState.READY_FOR_PICKUP, ScanState.HELD, ScanState.RETURNING, ScanState.CANCELLED})
"""It waits for somebody, and that is known; or it does not come any more."""


def stall_of(
    status: ParcelStatus,
    *,
    announced_at: datetime,
    now: datetime,
    zone: tzinfo,
    origin: str,
    country: str,
    far: Far,
    silence: int | None = None,
    held_up: tuple[int, ...] = (),
) -> Stall | None:
    """Return how a parcel stands still, None while it moves, is over, or waits for somebody.

    `silence` is the longest that nearly all parcels on this lane stayed without a word, in working days.
    `held_up` are days (ordinals) of strikes and closures on its way: silence then says nothing.
    """
    if status.is_over or status.state in _OTHERWISE:
        return None
    if status.picked_up_at is None:
        heard = max(announced_at, status.last_scan.at) if status.last_scan else announced_at
        days = working_days(heard, now, zone, (origin,))
        is_still = WAITS_IN_SHOP <= days < FORGOTTEN
        return Stall(where=Where.SHOP, since=heard, days=days) if is_still else None
    heard = status.last_scan.at if status.last_scan else status.picked_up_at
    days = working_days(heard, now, zone, tuple(sorted({origin, country or origin})), held_up)
    patience = min(max(silence, LEAST), MOST) if silence is not None else PATIENCE[far]
    if not patience <= days < FORGOTTEN:
        return None
    return Stall(where=Where.ROAD, since=heard, days=days, is_missing=days >= max(MISSING[far], 2 * patience))


def working_days(
    since: datetime, until: datetime, zone: tzinfo, countries: tuple[str, ...], held_up: tuple[int, ...] = ()
) -> int:
    """Return the whole working days between two moments: the days of both are left out, and Saturdays."""
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date() - timedelta(days=1)
    return _passed(first, last, Clock(countries, held_up=held_up))


def _passed(first: date, last: date, clock: Clock) -> int:
    ahead = (last - first).days
    if ahead <= 0:
        return 0
    quarters = readings(clock, first.toordinal())[ahead] if ahead < AHEAD else LAST
    return quarters // QUARTERS
