"""Who gets which letter: by the person and the campaign alone, so that asking again answers the same.

The database draws lots for a million people at once with the same sums (`actions.advance`); a test compares.
"""

from dataclasses import dataclass
from hashlib import md5

HELD_OUT = "h"
ONE, OTHER, REST = "a", "b", "r"
LOTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Shares in percent."""

    hold_out: int = 0
    """Gets nothing, to see what would have happened anyway."""
    trial: int = 0
    """Of the others: gets one of two subjects, half each, before the rest gets the better one; 0 where there is
    one subject only."""


def lot(campaign: int, customer: int, name: str) -> int:
    """Return a number from 0 to 9,999 that belongs to this person in this campaign for ever."""
    digest = md5(f"{name}:{campaign}:{customer}".encode(), usedforsecurity=False).hexdigest()
    return int(digest[:7], 16) % LOTS


def arm_of(campaign: int, customer: int, split: Split) -> str:
    """Return this person's arm: held out, one subject, the other, or the rest that waits for the better one."""
    if lot(campaign, customer, "hold") < split.hold_out * 100:
        return HELD_OUT
    if split.trial == 0:
        return ONE
    drawn = lot(campaign, customer, "trial")
    if drawn >= split.trial * 100:
        return REST
    return ONE if drawn < split.trial * 50 else OTHER
