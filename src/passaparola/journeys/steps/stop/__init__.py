"""The journey ends here."""

from collections.abc import Sequence

from passaparola.journeys.rules.values import Leave, Outcome, Standing, World
from passaparola.journeys.step import Settings, Step

_STOP = Leave("stopped")


class Stop(Step):
    def ways(self, settings: Settings) -> tuple[str, ...]:
        del settings
        return ()

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        del settings, world
        return [_STOP] * len(batch)


kind = Stop()
