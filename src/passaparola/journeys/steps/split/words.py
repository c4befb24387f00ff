"""What the office says of random shares."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import StepWords


def says(settings: Mapping[str, Any]) -> str:
    return " · ".join(f"{way} {share:g}" for way, share in settings["shares"].items())


words = StepWords(
    label=_("Random shares"),
    icon="shuffle",
    about=_("Try two ways side by side: the same customer always goes the same one."),
    settings={"shares": _("Shares")},
    hints={"shares": _("a: 50, b: 50")},
    says=says,
    tone="info",
    rank=6,
)
