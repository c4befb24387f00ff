"""Ask for a message. Whether and when it goes out is the arbiter's business."""

from collections.abc import Sequence
from typing import ClassVar

from passaparola.journeys.rules.settings import Setting
from passaparola.journeys.rules.values import Go, Outcome, Say, Standing, World
from passaparola.journeys.step import Settings, Step


class SendMessage(Step):
    settings: ClassVar = (
        Setting(key="message", type="message", is_required=True),
        Setting(key="channel", type="channel", default="email"),
        Setting(key="fallback", type="kind", default=""),
        Setting(key="lasts", type="duration"),
        Setting(key="data", type="data", default={}),
    )

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        del world
        same = Go("next", (_say(settings, {}),))
        return [Go("next", (_say(settings, s.data),)) if s.data else same for s in batch]


def _say(settings: Settings, told: object) -> Say:
    """What the event told goes along: the new day of a delay, its cause."""
    data = {**(told if isinstance(told, dict) else {}), **settings["data"]}
    return Say(settings["message"], settings["channel"], settings["fallback"], settings["lasts"], data)


kind = SendMessage()
