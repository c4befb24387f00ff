"""What the office says of tags."""

from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import StepWords

words = StepWords(
    label=_("Tag"),
    icon="tag",
    about=_("Give the customer a tag, or take it away."),
    settings={"tag": _("Tag"), "take_away": _("Take it away")},
    says=lambda settings: f"− {settings['tag']}" if settings["take_away"] else f"+ {settings['tag']}",
    rank=7,
)
