"""An answer to a review."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="review_reply",
    label=_("Answer to a review"),
    icon="star",
    pace=Pace.WORKING_DAYS,
    amount=2,
    severity=2,
    warns=timedelta(hours=4),
    words={"en": "We answer your review by {day}.", "it": "Rispondiamo alla recensione entro {day}."},
)
