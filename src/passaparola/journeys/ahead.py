"""What a fresh worker gets ready of journeys: their documents are read, and what they say next is compiled."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import F

from passaparola.journeys.models import Version
from passaparola.journeys.models.journey import definition_of
from passaparola.journeys.rules.document import Definition
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.step import STEPS
from passaparola.messages.ahead import Named, compile_letters


def get_ready() -> None:
    """Do it for journeys that are switched on; one that can't be read is told of when somebody is due."""
    live = Version.objects.filter(journey__live=F("pk"), journey__switched_on_at__isnull=False)
    wanted: list[Named] = []
    for pk, store, document in live.values_list("pk", "journey__store", "document"):
        try:
            definition = definition_of(pk, document)
        except DocumentError:
            continue
        wanted += [
            Named(store, kind, language) for kind in _said(definition) for language, _ in settings.LANGUAGES
        ]
    compile_letters(wanted)


def _said(definition: Definition) -> Iterator[str]:
    """The kinds of messages that its steps name."""
    for placed in definition.steps.values():
        for setting in STEPS[placed.kind].settings:
            if setting.type in {"message", "kind"} and placed.settings.get(setting.key):
                yield str(placed.settings[setting.key])
