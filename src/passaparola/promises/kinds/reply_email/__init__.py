"""An answer to a letter."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="reply_email",
    label=_("Answer by e-mail"),
    icon="mail",
    pace=Pace.OPEN_HOURS,
    amount=8,
    severity=2,
    warns=timedelta(hours=2),
    words={"en": "We answer by {day}, {time}.", "it": "Rispondiamo entro {day}, {time}."},
)
