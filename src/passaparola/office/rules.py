"""Small decisions of the team's pages. Values in, answers out."""

from datetime import datetime, timedelta
from enum import StrEnum

PATIENCE_AT_FIRST = timedelta(hours=1)
PATIENCE = timedelta(days=3)
"""A small shop may sell nothing over a weekend, but webhooks of changes keep coming."""


class Silence(StrEnum):
    NONE = "none"
    NEVER = "never"
    LONG = "long"


def silence(made_at: datetime, heard_at: datetime | None, *, posts: bool, now: datetime) -> Silence:
    """Tell whether a connection that should post to us is quiet for too long. `posts`: whether it posts at all."""
    if not posts:
        return Silence.NONE
    if heard_at is None:
        return Silence.NEVER if now - made_at > PATIENCE_AT_FIRST else Silence.NONE
    return Silence.LONG if now - heard_at > PATIENCE else Silence.NONE


def greeting(hour: int) -> str:
    """`morning`, `afternoon` or `evening` for an hour of the day there."""
    if hour < 5:  # noqa: PLR2004 - still last evening for whoever is awake
        return "evening"
    return "morning" if hour < 13 else "afternoon" if hour < 18 else "evening"  # noqa: PLR2004 - hours


def points(share: float | None, before: float | None) -> float | None:
    """The change of a share in percentage points, or None where one of the two is not known."""
    return None if share is None or before is None else round((share - before) * 100, 1)


def growth(count: int, before: int) -> int | None:
    """The change of a count in per cent, or None where there was nothing before."""
    return round((count - before) / before * 100) if before else None
