"""Money back as fast as the shop says."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="refund",
    label=_("Money back, as we say"),
    icon="banknote",
    pace=Pace.WORKING_DAYS,
    amount=5,
    most=14,
    severity=3,
    warns=timedelta(days=1),
    words={"en": "You have your money back by {day}.", "it": "Ricevi il rimborso entro {day}."},
)
