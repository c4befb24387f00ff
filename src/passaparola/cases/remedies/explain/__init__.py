"""Saying who is late, why, and what happens next."""

from django.utils.translation import gettext_lazy as _

from passaparola.cases.remedy import Remedy

kind = Remedy(
    key="explain",
    label=_("Explain"),
    hint=_("Who, why, and what happens next"),
    icon="message-square-text",
    step=1,
    fits=(1, 5),
)
