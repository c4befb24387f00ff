"""Random shares: the same customer always goes the same way."""

from collections.abc import Sequence
from typing import ClassVar

from passaparola.journeys.rules.settings import Setting
from passaparola.journeys.rules.shares import way_of
from passaparola.journeys.rules.values import Go, Outcome, Standing, World
from passaparola.journeys.step import Settings, Step


class Split(Step):
    settings: ClassVar = (Setting(key="shares", type="shares", is_required=True),)

    def ways(self, settings: Settings) -> tuple[str, ...]:
        return tuple(settings["shares"])

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        del world
        return [Go(way_of(settings["shares"], "split", s.position, s.customer_id)) for s in batch]


kind = Split()
