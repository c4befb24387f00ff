"""Money back within the fourteen days of the law."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="refund_law",
    label=_("Money back, by law"),
    icon="scale",
    pace=Pace.DAYS,
    amount=14,
    most=14,
    severity=5,
    warns=timedelta(days=3),
    is_stated=False,
    words={
        "en": "By law, you have your money back by {day}.",
        "it": "Per legge, il rimborso arriva entro {day}.",
    },
)
