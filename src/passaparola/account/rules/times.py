"""When things happened, on the clock of the place where they did."""

from datetime import date, datetime, timedelta

from passaparola.account.rules.known import Parcel
from passaparola.account.rules.voice import Moment
from passaparola.tracking.carrier import ScanFacts

_AT_GREENWICH = frozenset({"GB", "IE", "PT", "IS"})


def local(scan: ScanFacts, moment: Moment) -> datetime:
    """Return the scan's time as the clock there showed it.

    An offset of zero mostly means that the carrier told none, not that the parcel is in Portugal.
    """
    if scan.at.utcoffset() == timedelta(0) and scan.country not in _AT_GREENWICH:
        return moment.local(scan.at)
    return scan.at


def last_scan(parcel: Parcel, *states: str) -> ScanFacts | None:
    """Return the newest scan, or the newest that says one of these states."""
    fitting = [scan for scan in parcel.scans if not states or scan.state in states]
    return max(fitting, key=lambda scan: scan.at, default=None)


def told_at(parcel: Parcel, state: str, moment: Moment) -> datetime | None:
    scan = last_scan(parcel, state)
    return local(scan, moment) if scan else None


def arrived_at(parcel: Parcel, moment: Moment) -> tuple[datetime | None, bool]:
    """Return when it was delivered, and whether the hour is known."""
    scan = last_scan(parcel, "delivered")
    if scan:
        return local(scan, moment), scan.has_time
    return (moment.local(parcel.delivered_at), True) if parcel.delivered_at else (None, False)


def comes_on(parcel: Parcel, moment: Moment) -> tuple[date | None, date | None]:
    """Return the days on which it may still come: never one that is over."""
    first, last = parcel.arrival_first or parcel.arrival_last, parcel.arrival_last or parcel.arrival_first
    if first is None or last is None or last < moment.today:
        return None, None
    return min(max(first, moment.today), last), last


def may_be_in_time(parcel: Parcel, moment: Moment) -> bool:
    """Tell whether what the carrier calls late may still come by the day first promised: nothing is certain yet."""
    if parcel.is_late or parcel.promised_last is None:
        return False
    _, last = comes_on(parcel, moment)
    return moment.today <= parcel.promised_last and (last is None or last <= parcel.promised_last)
