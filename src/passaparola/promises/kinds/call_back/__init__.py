"""Calling back somebody who could not reach us or asked for it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="call_back",
    label=_("Call back"),
    icon="phone",
    pace=Pace.OPEN_HOURS,
    amount=8,
    severity=3,
    warns=timedelta(hours=1),
    words={"en": "We call you by {day}, {time}.", "it": "Ti richiamiamo entro {day}, {time}."},
)
