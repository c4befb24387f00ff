"""One way for those of whom something is true, another for all others."""

from collections.abc import Sequence
from typing import ClassVar

from passaparola.journeys.rules.settings import Setting
from passaparola.journeys.rules.values import Go, Outcome, Standing, World
from passaparola.journeys.step import Settings, Step

_YES, _NO = Go("yes"), Go("no")


class Branch(Step):
    settings: ClassVar = (Setting(key="if", type="condition", is_required=True),)

    def ways(self, settings: Settings) -> tuple[str, ...]:
        del settings
        return ("yes", "no")

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        true = world.matching(settings["if"], batch)
        return [_YES if standing.id in true else _NO for standing in batch]


kind = Branch()
