"""Ask somebody of the team to do something: to call, to write by hand, to look after it."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import ClassVar

from passaparola.journeys.rules import clock
from passaparola.journeys.rules.settings import Setting
from passaparola.journeys.rules.values import Do, Go, Outcome, Standing, World
from passaparola.journeys.step import Settings, Step

OPENS, CLOSES = time(9), time(18)


class AskTeam(Step):
    settings: ClassVar = (
        Setting(key="task", type="choice", choices=("call", "write", "card", "check"), default="call"),
        Setting(key="words", type="texts", is_required=True),
        Setting(key="due_in", type="duration", default=timedelta(days=1)),
        Setting(key="lasts", type="duration"),
        Setting(key="gone_with", type="events", default=()),
        Setting(key="to", type="member", default=""),
    )

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        """Due in working hours where the customer lives: nobody is called on a Sunday."""
        places = world.places(batch)
        outcomes = []
        for standing in batch:
            due = clock.within_hours(
                standing.now + settings["due_in"], OPENS, CLOSES, places[standing.id], only_working_days=True
            )
            lapses = standing.now + settings["lasts"] if settings["lasts"] else None
            do = Do(settings["task"], settings["words"], due, settings["to"], lapses, settings["gone_with"])
            outcomes.append(Go("next", (do,)))
        return outcomes


kind = AskTeam()
