"""What the office says of branches."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import StepWords
from passaparola.segments.words import told


def says(settings: Mapping[str, Any]) -> str:
    return f"{told(settings['if'])}?"


words = StepWords(
    label=_("Branch"),
    icon="split",
    about=_("One way for those of whom something is true, another for all others."),
    settings={"if": _("If")},
    ways={"yes": _("yes"), "no": _("no")},
    says=says,
    card=lambda settings, said: (capfirst(said), ""),  # noqa: ARG005 - its question says it all
    tone="info",
    rank=3,
)
