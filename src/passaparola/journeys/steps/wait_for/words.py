"""What the office says of waiting for something."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import StepWords, length
from passaparola.segments.words import event


def says(settings: Mapping[str, Any]) -> str:
    events = f"”{gettext(' or ')}“".join(event(kind) for kind in settings["events"])
    return gettext("wait for “%(events)s”, at most %(length)s") % {
        "events": events,
        "length": length(settings["at_most"]),
    }


words = StepWords(
    label=_("Wait for something"),
    icon="hourglass",
    about=_("Until it happens, with a way out when it doesn't."),
    settings={
        "events": _("Until one of these happens"),
        "at_most": _("At most"),
        "if": _("Only if"),
        "about": _("About"),
        "since": _("Counts if it happened since"),
    },
    ways={"happened": _("happened"), "too_late": _("too late")},
    says=says,
    is_pill=True,
    rank=5,
    rare=("if", "about", "since"),
)
