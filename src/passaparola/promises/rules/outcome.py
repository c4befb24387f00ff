"""What became of a promise. Values in, answer out."""

from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """One word for a promise."""

    OPEN = "open"
    ENDANGERED = "endangered"
    """It will rather be broken than kept."""
    KEPT = "kept"
    BROKEN = "broken"
    """Its time has passed and it still waits."""
    LATE = "late"
    """It came true, after its time."""
    LET_GO = "let_go"


def outcome(
    *,
    due_at: datetime,
    kept_at: datetime | None,
    broken_at: datetime | None,
    let_go_at: datetime | None,
    endangered_at: datetime | None,
) -> Outcome:
    """Return what became of a promise: coming true counts before everything else, also when told late."""
    if kept_at is not None:
        return Outcome.KEPT if kept_at <= due_at else Outcome.LATE
    if let_go_at is not None:
        return Outcome.LET_GO
    if broken_at is not None:
        return Outcome.BROKEN
    return Outcome.ENDANGERED if endangered_at else Outcome.OPEN
