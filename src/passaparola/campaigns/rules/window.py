"""The hours of somebody's own day in which a campaign may arrive."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_in_window(now: datetime, zone: ZoneInfo, opens: time, closes: time) -> datetime:
    """Return the first moment from `now` on that lies in the window of this zone. A window may pass midnight.

    Hours that do not exist on the day the clocks go forward count as the ones after them.
    """
    local = now.astimezone(zone)
    if opens == closes or _is_open(local.time(), opens, closes):
        return now
    day = local.date() if local.time() < opens else local.date() + timedelta(days=1)
    moment = datetime.combine(day, opens, zone).astimezone(now.tzinfo)
    return max(moment, now)


def _is_open(at: time, opens: time, closes: time) -> bool:
    return opens <= at < closes if opens < closes else at >= opens or at < closes
