"""Which days of their own a shop's customers are written to on: what journeys that are on say on the day itself."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import F

from passaparola.journeys.events import AnniversaryCame, BirthdayCame
from passaparola.journeys.forecast import SPEAKS
from passaparola.journeys.letters import parts_of
from passaparola.journeys.models import Version
from passaparola.journeys.models.journey import definitions_of
from passaparola.messages.kind import kind_of
from passaparola.messages.rules.values import Purpose

DAYS = {BirthdayCame.__name__: "birthday", AnniversaryCame.__name__: "anniversary"}


def days_kept(stores: Collection[int]) -> dict[int, dict[str, Purpose]]:
    """Return, by store, the days on which something that belongs to them is said, and for what purpose.

    Whom a condition of the journey leaves out is not asked for here: it would be a statement for every decision.
    """
    live = Version.objects.filter(
        pk=F("journey__live"),
        journey__store__in=stores,
        journey__archived_at=None,
        journey__switched_on_at__isnull=False,
    )
    whose = dict(live.values_list("pk", "journey__store_id"))
    found: dict[int, dict[str, Purpose]] = defaultdict(dict)
    for version, definition in definitions_of(whose).items():
        kinds = {
            parts_of(step.settings["message"])[0] for step in definition.steps.values() if step.kind == SPEAKS
        }
        cards = [kind for key in kinds if (kind := kind_of(key)) and kind.is_of_a_day]
        for event in definition.trigger.kinds:
            if event in DAYS and cards:
                found[whose[version]][DAYS[event]] = cards[0].purpose
    return found
