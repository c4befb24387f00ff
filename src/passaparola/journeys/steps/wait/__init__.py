"""Let time pass: for a while, until an hour of the customer's day, until days before or after something."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from passaparola.journeys.rules import clock
from passaparola.journeys.rules.settings import DocumentError, Setting
from passaparola.journeys.rules.values import Go, Leave, Outcome, Place, Standing, Stay, World
from passaparola.journeys.step import Settings, Step
from passaparola.segments.rules.condition import Where

LOOK_AGAIN = timedelta(hours=6)
"""Days of arrival become known and move: looked at several times a day."""
GIVE_UP = timedelta(days=30)
"""What never becomes known holds nobody for ever."""
_GO = Go()
_NEVER = Leave("never_known")
_NAMES = {name: name for name in ("for", "until", "before", "after", "at", "between")}
"""What a file calls them; the form has its own words."""


class Wait(Step):
    settings: ClassVar = (
        Setting(key="for", type="duration"),
        Setting(key="until", type="moment"),
        Setting(key="before", type="duration"),
        Setting(key="after", type="duration"),
        Setting(key="at", type="clock"),
        Setting(key="between", type="window"),
        Setting(key="working_days", type="flag", default=False),
        Setting(key="give_up_after", type="duration", default=GIVE_UP),
        Setting(key="must_be_known", type="flag", default=False),
    )
    pauses: ClassVar = True

    def check(self, settings: Settings, where: Where) -> None:
        if not any(settings[key] for key in ("for", "until", "at", "between")):
            raise DocumentError(
                "A wait needs “%(for)s”, “%(until)s”, “%(at)s” or “%(between)s”.", where, **_NAMES
            )
        if settings["for"] and settings["until"]:
            raise DocumentError(
                "“%(for)s” or “%(until)s”: not both in one step.", (*where, "until"), **_NAMES
            )
        if (settings["before"] or settings["after"]) and not settings["until"]:
            raise DocumentError("“%(before)s” and “%(after)s” say how far from “%(until)s”.", where, **_NAMES)
        if settings["before"] and settings["after"]:
            raise DocumentError("“%(before)s” or “%(after)s”: not both.", (*where, "after"), **_NAMES)

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        moments = world.moments(settings["until"], batch) if settings["until"] else {}
        plain = settings["for"] and not (settings["at"] or settings["between"] or settings["working_days"])
        if plain:  # the most frequent: nothing has to be known
            length = settings["for"]
            return [_GO if (due := s.since + length) <= s.now else Stay(due) for s in batch]
        places = world.places(batch)
        return [self._one(standing, settings, places[standing.id], moments) for standing in batch]

    def _one(
        self, standing: Standing, settings: Settings, place: Place, moments: Mapping[int, datetime]
    ) -> Outcome:
        if settings["until"] and standing.id not in moments:
            given_up = standing.since + settings["give_up_after"]
            if given_up > standing.now:
                return Stay(min(given_up, standing.now + LOOK_AGAIN))
            return _NEVER if settings["must_be_known"] else _GO
        due = self._due(standing, settings, place, moments.get(standing.id))
        if due <= standing.now:
            return _GO
        return Stay(min(due, standing.now + LOOK_AGAIN) if settings["until"] == "arrival" else due)

    def _due(self, standing: Standing, settings: Settings, place: Place, moment: datetime | None) -> datetime:
        works = settings["working_days"]
        if moment is not None:
            base = moment - (settings["before"] or timedelta()) + (settings["after"] or timedelta())
            base = max(base, standing.since)
        else:
            base = _later(standing.since, settings["for"] or timedelta(), place, works=works)
        if settings["at"]:
            return clock.at_hour(base, settings["at"], place, only_working_days=works)
        if settings["between"]:
            start, end = settings["between"]
            return clock.within_hours(base, start, end, place, only_working_days=works)
        return clock.on_day(base, place) if works else base


def _later(since: datetime, length: timedelta, place: Place, *, works: bool) -> datetime:
    """Count whole days as working days where asked; hours are hours."""
    if not works or length < timedelta(days=1):
        return since + length
    local = since.astimezone(place.zone)
    day = clock.add_working_days(local.date(), length.days, place.country)
    return since + timedelta(days=(day - local.date()).days) + (length - timedelta(days=length.days))


kind = Wait()
