"""The contract of a step: given a batch of those who stand at it, it says for each where to go.

`steps/<key>/` holds one kind. A step only decides: what is to be done is returned as effects, which the
engine performs, or, in a dry run, only counts. It asks the world for facts and reads no clock and no table, so
that the same code runs live and over the past. Its words for the office stand in `words.py` beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from passaparola.journeys.rules.settings import Setting
from passaparola.journeys.rules.values import Outcome, Standing, World
from passaparola.kernel.plugins import Registry
from passaparola.segments.rules.condition import Where

Settings = Mapping[str, Any]
"""A step's settings as read: by `Setting.key`."""


class Step:
    """Contract of `steps/<key>/`."""

    settings: ClassVar[tuple[Setting, ...]] = ()
    """What it can be told; forms are made of it."""
    pauses: ClassVar[bool] = False
    """People may stand here for a while: a way back that leads through none of these would never end."""

    def ways(self, settings: Settings) -> tuple[str, ...]:
        """The ways that lead on from here."""
        del settings
        return ("next",)

    def check(self, settings: Settings, where: Where) -> None:
        """Raise DocumentError where settings that are right by themselves don't go together."""

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        """Return one outcome for each of the batch, in its order."""
        raise NotImplementedError


STEPS: Registry[Step] = Registry("passaparola.journeys.steps", Step)
