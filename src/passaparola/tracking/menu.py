"""The way to the team's page about arrival times."""

from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui.menu import Entry

ENTRY = Entry(
    group="care",
    address="tracking:arrival",
    label=_("Arrival times"),
    icon="calendar-clock",
    key="v",
    rank=70,
)
