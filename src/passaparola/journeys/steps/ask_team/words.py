"""What the office says of to-dos."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import TASKS, StepWords


def says(settings: Mapping[str, Any]) -> str:
    texts = settings["words"]
    return str(texts.get(get_language() or "en") or next(iter(texts.values()), ""))


def card(settings: Mapping[str, Any], said: str) -> tuple[str, str]:
    return capfirst(str(TASKS[settings["task"]])), said


words = StepWords(
    label=_("Ask the team"),
    icon="phone-call",
    about=_("A to-do for a person: a call, a card, a look."),
    settings={
        "task": _("What"),
        "words": _("In words"),
        "due_in": _("Due in"),
        "lasts": _("Of no use any more after"),
        "gone_with": _("Taken back when one of these happens"),
        "to": _("Who (empty: whoever comes first)"),
    },
    says=says,
    card=card,
    tone="warn",
    rank=4,
    rare=("lasts", "gone_with", "to"),
    hints={"lasts": _("empty: it stays until somebody did it")},
)
