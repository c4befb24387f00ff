"""The way to the board from the menu, and what other pages show of promises."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from passaparola.customers.models import Customer
from passaparola.kernel.ui.menu import Entry
from passaparola.kernel.ui.panels import Panel
from passaparola.promises.models import Promise
from passaparola.stores.models import Store

MOST_SHOWN = 8


def _broken(store: Store, now: datetime) -> tuple[QuerySet[Promise]]:
    return (Promise.objects.filter(store=store).in_person().filter(due_at__lte=now),)


def _of_order(store: Store, pk: int, now: datetime) -> Mapping[str, Any] | None:
    del now
    found = list(Promise.objects.filter(store=store, order=pk).order_by("due_at")[:MOST_SHOWN])
    return {"promises": found} if found else None


def _of_customer(store: Store, customer: Customer, now: datetime) -> Mapping[str, Any] | None:
    del now
    found = list(
        Promise.objects.filter(store=store, customer=customer).open().order_by("due_at")[:MOST_SHOWN]
    )
    return {"promises": found} if found else None


ENTRY = Entry(
    group="care",
    address="promises:board",
    label=_("Promises"),
    icon="handshake",
    key="p",
    rank=35,
    badge=_broken,
)
PANELS = (
    Panel(place="order", template="promises/panel.html", load=_of_order, column="aside", rank=20),
    Panel(place="customer", template="promises/panel.html", load=_of_customer, column="aside", rank=20),
)
