"""An answer on WhatsApp, Telegram, SMS or Messenger."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="reply_message",
    label=_("Answer to a message"),
    icon="smartphone",
    pace=Pace.OPEN_HOURS,
    amount=4,
    severity=2,
    warns=timedelta(hours=1),
    words={"en": "We answer by {day}, {time}.", "it": "Rispondiamo entro {day}, {time}."},
)
