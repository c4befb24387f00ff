"""Whoever comes here has reached the goal."""

from collections.abc import Sequence
from typing import ClassVar

from passaparola.journeys.rules.settings import Setting
from passaparola.journeys.rules.values import Go, Outcome, Reach, Standing, World
from passaparola.journeys.step import Settings, Step

_REACHED = Go("next", (Reach(),))


class GoalStep(Step):
    settings: ClassVar[tuple[Setting, ...]] = ()

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        del settings, world
        return [_REACHED] * len(batch)


kind = GoalStep()
