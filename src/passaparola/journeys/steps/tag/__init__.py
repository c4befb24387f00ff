"""Give a customer a tag, or take it away."""

from collections.abc import Sequence
from typing import ClassVar

from passaparola.journeys.rules.settings import Setting
from passaparola.journeys.rules.values import Go, Mark, Outcome, Standing, World
from passaparola.journeys.step import Settings, Step


class Tag(Step):
    settings: ClassVar = (
        Setting(key="tag", type="text", is_required=True),
        Setting(key="take_away", type="flag", default=False),
    )

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        del world
        go = Go("next", (Mark(settings["tag"][:60], not settings["take_away"]),))
        return [go] * len(batch)


kind = Tag()
