"""Saying yes or no to a return."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="return_decision",
    label=_("Decision about a return"),
    icon="undo-2",
    pace=Pace.WORKING_DAYS,
    amount=2,
    severity=3,
    warns=timedelta(hours=4),
    words={
        "en": "We tell you by {day} whether we take it back.",
        "it": "Ti diciamo entro {day} se lo ritiriamo.",
    },
)
