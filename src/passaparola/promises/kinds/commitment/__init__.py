"""Whatever else somebody of the team said they would do."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="commitment",
    label=_("What one of us said"),
    icon="handshake",
    pace=Pace.DATE,
    severity=3,
    warns=timedelta(hours=2),
    is_stated=False,
    words={"en": "We do it by {day}.", "it": "Lo facciamo entro {day}."},
)
