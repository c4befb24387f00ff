"""Handing over to the carrier within the shop’s preparation days."""

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="shipping",
    label=_("Handed over in time"),
    icon="package-check",
    pace=Pace.DATE,
    severity=1,
    is_stated=False,
    words={"en": "It leaves us by {day}.", "it": "Parte entro {day}."},
)
