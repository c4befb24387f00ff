"""When a campaign may begin, and whether its hours leave room to arrive in."""

from datetime import datetime, time, timedelta

FARTHEST = timedelta(days=731)
"""Nobody plans further ahead; further ahead stands a year that was mistyped."""
MINUTE = timedelta(minutes=1)
SHORTEST = 60
"""Minutes: in fewer a large shop's mails are not all sent, and everybody else's would wait for the next day."""


def not_then(starts_at: datetime, now: datetime) -> str:
    """Return why it can't begin at this moment: `passed` or `too_far`; empty where it can.

    People choose minutes, so the one that is just running has not passed.
    """
    if starts_at <= now - MINUTE:
        return "passed"
    return "too_far" if starts_at > now + FARTHEST else ""


def is_too_short(opens: time, closes: time) -> bool:
    """Tell whether there is less than an hour between them, or none because they stand the wrong way round."""
    return _minutes(closes) - _minutes(opens) < SHORTEST


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
