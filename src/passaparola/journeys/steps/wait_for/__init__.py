"""Wait until something happens, with a way out when it doesn't."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from passaparola.journeys.rules.settings import DocumentError, Setting
from passaparola.journeys.rules.values import Go, Outcome, Standing, Stay, World
from passaparola.journeys.step import Settings, Step
from passaparola.segments.rules.condition import Where

MOST_NAMES = 390
"""Characters of all names together, as the rows hold them."""
_HAPPENED = Go("happened")


class WaitFor(Step):
    settings: ClassVar = (
        Setting(key="events", type="events", is_required=True),
        Setting(key="at_most", type="duration", is_required=True),
        Setting(key="if", type="condition"),
        Setting(key="about", type="choice", choices=("order", "customer"), default="order"),
        Setting(key="since", type="choice", choices=("step", "start"), default="step"),
    )
    pauses: ClassVar = True

    def check(self, settings: Settings, where: Where) -> None:
        if len(",".join(settings["events"])) > MOST_NAMES:
            raise DocumentError("These are too many things to wait for at once.", (*where, "events"))

    def ways(self, settings: Settings) -> tuple[str, ...]:
        del settings
        return ("happened", "too_late")

    def advance(self, batch: Sequence[Standing], settings: Settings, world: World) -> Sequence[Outcome]:
        """The way out is open from `at_most` on; what happened before, however late we look, has happened."""
        is_from_start = settings["since"] == "start"
        # A moment earlier: what brought them here may have happened in the same second.
        since = {s.id: s.begun_at if is_from_start else s.since - timedelta(microseconds=1) for s in batch}
        happened = world.happened(settings["events"], batch, since, about_order=settings["about"] == "order")
        come = [s for s in batch if s.id in happened]
        if settings["if"] and come:
            true = world.matching(settings["if"], [_telling(s, dict(happened[s.id].data)) for s in come])
            come = [s for s in come if s.id in true]
        ids = {s.id for s in come}
        return [_HAPPENED if s.id in ids else _way_out(s, settings) for s in batch]


def _way_out(standing: Standing, settings: Settings) -> Outcome:
    until = standing.since + settings["at_most"]
    return Go("too_late") if until <= standing.now else Stay(until, settings["events"])


def _telling(standing: Standing, data: dict[str, object]) -> Standing:
    """The same one, with what the awaited event told."""
    return Standing(
        id=standing.id,
        customer_id=standing.customer_id,
        order_id=standing.order_id,
        parcel_id=standing.parcel_id,
        position=standing.position,
        since=standing.since,
        entered_at=standing.entered_at,
        begun_at=standing.begun_at,
        now=standing.now,
        data=data,
    )


kind = WaitFor()
