"""What journeys show on pages of others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from passaparola.customers.models import Customer
from passaparola.journeys import queries
from passaparola.kernel.ui import menu, panels


def _of_customer(store: Any, customer: Customer, now: datetime) -> Mapping[str, Any] | None:
    """Why is he here? Each journey with the steps that led there."""
    del store, now
    paths = queries.of_customer(customer)
    return {"journey_paths": paths} if paths else None


ENTRIES = (
    menu.Entry(
        group="communicate", address="journeys:journeys", label=_("Journeys"), icon="route", key="j", rank=10
    ),
    menu.Entry(
        group="care",
        address="journeys:todos",
        label=_("To-dos"),
        icon="phone-call",
        rank=30,
        badge=queries.todos_due,
    ),
)
PANELS = (
    panels.Panel(place="customer", template="journeys/panel.html", load=_of_customer, rank=30),
    panels.Panel(place="today", template="journeys/unheard.html", load=queries.unheard, rank=15),
)
