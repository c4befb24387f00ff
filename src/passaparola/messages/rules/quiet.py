"""Quiet hours: when nobody is to be disturbed, in the recipient's own time."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def is_quiet(at: time, start: time, end: time) -> bool:
    """Tell whether a local time lies in the quiet hours; they may go over midnight; equal: there are none."""
    if start <= end:
        return start <= at < end
    return at >= start or at < end


def next_loud(now: datetime, zone: ZoneInfo, start: time, end: time) -> datetime | None:
    """Return the end of the quiet hours that `now` lies in, or None where it is not quiet.

    Reckoned on the wall clock, so that a night in which the clocks change still ends at eight. An end that
    the clock jumps over counts from the hour after.
    """
    local = now.astimezone(zone)
    if not is_quiet(local.time(), start, end):
        return None
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    morning = datetime.combine(day, end, zone)
    while morning <= now or is_quiet(morning.astimezone(zone).time(), start, end):
        # The hour told twice in autumn: take the second one. Steps stay small, the loop ends.
        morning = (morning.astimezone(ZoneInfo("UTC")) + timedelta(minutes=15)).astimezone(zone)
    return morning
