"""The day named when a parcel turned out late: broken, it is the second time."""

from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import Pace, PromiseKind

kind = PromiseKind(
    key="new_date",
    label=_("Arrival by the new day"),
    icon="calendar-clock",
    pace=Pace.DATE,
    severity=4,
    is_stated=False,
    words={"en": "Now it arrives by {day}.", "it": "Il nuovo arrivo è entro {day}."},
)
