"""When a promise has to be looked at. Values in, answer out."""

from datetime import datetime, timedelta


def check_at(*, due_at: datetime, warns: timedelta, is_endangered: bool) -> datetime:
    """Return when to look: some time before it is due, so that somebody can still keep it, and when it is due."""
    return due_at if is_endangered else due_at - warns
