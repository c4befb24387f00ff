"""What the office says of random shares."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import StepWords
from passaparola.kernel.ui.formats import percent


def says(settings: Mapping[str, Any]) -> str:
    """What each share comes to: they need not add up to a hundred."""
    shares, language = settings["shares"], get_language() or "en"
    whole = sum(shares.values())
    return " · ".join(f"{way} {percent(share / whole, language)}" for way, share in shares.items())


words = StepWords(
    label=_("Random shares"),
    icon="shuffle",
    about=_("Try two ways side by side: the same customer always goes the same one."),
    settings={"shares": _("Shares")},
    hints={"shares": _("a: 50, b: 50. What does not add up to a hundred counts in proportion.")},
    says=says,
    tone="info",
    rank=6,
)
