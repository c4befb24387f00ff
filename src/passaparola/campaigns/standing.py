"""How a campaign's state is called and coloured."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Standing:
    label: Promise | str
    tone: str
    icon: str


STANDINGS = {
    "draft": Standing(_("draft"), "", "pencil"),
    "scheduled": Standing(_("planned"), "info", "calendar-clock"),
    "running": Standing(_("under way"), "accent", "send"),
    "paused": Standing(_("paused"), "warn", "pause"),
    "cancelled": Standing(_("called off"), "bad", "ban"),
    "finished": Standing(_("finished"), "good", "check"),
}
NOT_READY = {
    "not_a_draft": _("It is no draft any more."),
    "no_time": _("Say first when it begins."),
    "not_published": _("Its letter was never published. Open it and publish it first."),
    "no_other_subject": _("Write the other subject in every language of the letter, or try only one."),
    "segment_unreadable": _("Its segment is gone or can’t be read any more. Choose whom it is for."),
}
