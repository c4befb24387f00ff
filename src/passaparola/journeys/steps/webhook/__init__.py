"""Tell another system, signed, and again until it has heard."""

from collections.abc import Sequence
from typing import ClassVar

from passaparola.journeys.rules.settings import Setting
from passaparola.journeys.rules.values import Call, Go, Outcome, Standing, World
from passaparola.journeys.step import Settings, Step


class Webhook(Step):
    settings: ClassVar = (
        Setting(key="url", type="url", is_required=True),
        Setting(key="data", type="data", default={}),
    )

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        del world
        return [Go("next", (Call(settings["url"], {**s.data, **settings["data"]}),)) for s in batch]


kind = Webhook()
