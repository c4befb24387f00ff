"""What the office says of messages."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import StepWords
from passaparola.messages.accounts import name_of
from passaparola.messages.kind import kind_of
from passaparola.messages.reasons import word


def says(settings: Mapping[str, Any]) -> str:
    """Letters of the shop's own are named by `words.said`, which knows the shop."""
    key = settings["message"]
    return word(key, get_language() or "en") if kind_of(key) else f"{key} ?"


def card(settings: Mapping[str, Any], said: str) -> tuple[str, str]:
    return capfirst(said), name_of(settings["channel"])


words = StepWords(
    label=_("Message"),
    icon="mail",
    about=_("Ask for a message; the arbiter decides when it may go out."),
    settings={
        "message": _("Message"),
        "channel": _("Channel"),
        "fallback": _("Instead, for those who agreed to no offers"),
        "lasts": _("Of no use any more after"),
        "data": _("Words for the template"),
    },
    hints={"lasts": _("empty: as the message says"), "data": _("name: value")},
    says=says,
    card=card,
    rank=2,
    rare=("fallback", "lasts", "data"),
)
