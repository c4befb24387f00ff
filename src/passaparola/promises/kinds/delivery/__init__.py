"""The day of arrival that was first shown: the date promised is the product."""

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="delivery",
    label=_("Arrival by the day first shown"),
    icon="house",
    pace=Pace.DATE,
    severity=3,
    is_stated=False,
    words={"en": "It arrives by {day}.", "it": "Arriva entro {day}."},
)
