"""How a campaign's state is called and coloured."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passaparola.campaigns.models import Campaign


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
    "passed": _("That moment has passed: choose a later one."),
    "too_far": _("That is more than two years away: choose an earlier day."),
    "no_hours": _("“Not after” comes at least an hour later than “not before”, on the same day."),
    "not_published": _("Its letter was never published. Open it and publish it first."),
    "no_other_subject": _("Write the other subject in every language of the letter, or try only one."),
    "no_other_text": _("Write the other text in every language of the letter, or try only one."),
    "not_connected": _("Its channel is not connected. Connect it first, or choose another."),
    "no_approved_template": _(
        "On this channel offers, news and questions need a template that was approved for them. Name it where the "
        "channel is connected."
    ),
    "segment_unreadable": _("Its segment is gone or can’t be read any more. Choose whom it is for."),
}


def state_of(campaign: Campaign, *, is_going_out: bool) -> str:
    """Return the state for whoever looks: everybody was asked for, but it is under way as long as somebody waits."""
    return "running" if campaign.state == "finished" and is_going_out else campaign.state
