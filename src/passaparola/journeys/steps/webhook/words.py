"""What the office says of webhooks."""

from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import StepWords

words = StepWords(
    label=_("Webhook"),
    icon="webhook",
    about=_("Tell another system, signed, again and again until it has heard."),
    settings={"url": _("Address"), "data": _("More to tell")},
    hints={"url": "https://…", "data": _("name: value")},
    says=lambda settings: urlsplit(settings["url"]).hostname or "",
    rank=9,
    rare=("data",),
)
