"""An answer where somebody waits on the page."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="reply_chat",
    label=_("Answer in the chat"),
    icon="message-circle",
    pace=Pace.OPEN_HOURS,
    amount=1,
    severity=2,
    warns=timedelta(minutes=15),
    words={"en": "We answer by {time}.", "it": "Rispondiamo entro le {time}."},
)
