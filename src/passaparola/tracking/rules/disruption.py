"""Strikes and closures that the team knows of: whom they hold up, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from passaparola.tracking.rules.eta.lane import Lane

LONGEST_REGION = 12
"""Beginnings of postcodes that one disruption may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption:
    """Days on which parcels are held up. What is empty holds for any."""

    first: date
    last: date
    """Both inclusive."""
    carrier: str = ""
    country: str = ""
    postcodes: tuple[str, ...] = ()
    """What postcodes there begin with."""
    words: tuple[tuple[str, str], ...] = ()
    """Language and sentence, as customers read it."""

    def holds_up(self, lane: Lane, since: date, until: date) -> bool:
        """Tell whether a parcel on this way, under way between these days, meets it."""
        if self.last < since or self.first > until:
            return False
        if self.carrier and self.carrier != lane.carrier:
            return False
        if self.country and self.country != lane.country:
            return False
        return not self.postcodes or any(_overlap(lane.zone, begin) for begin in self.postcodes)

    @property
    def is_narrow(self) -> bool:
        """It names whom it means: then it explains more surely."""
        return bool(self.carrier or self.postcodes)


def days_held_up(disruptions: Iterable[Disruption], lane: Lane) -> tuple[int, ...]:
    """Return the days (ordinals) on which nothing moves on this way, in order: no working days for its parcels."""
    met = (one for one in disruptions if one.holds_up(lane, one.first, one.last))
    return tuple(
        sorted({day for one in met for day in range(one.first.toordinal(), one.last.toordinal() + 1)})
    )


def _overlap(zone: str, begin: str) -> bool:
    """A lane knows only what its postcode begins with: `20` may well be in `2012`."""
    return bool(zone) and (zone.startswith(begin) or begin.startswith(zone))
