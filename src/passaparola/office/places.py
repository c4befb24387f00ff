"""The office's own places in the menu."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from passaparola.inbound.models import Delivery
from passaparola.kernel.ui.menu import Entry
from passaparola.office.queries.orders import late_orders
from passaparola.orders.models import Order
from passaparola.stores.models import Store


def _late(store: Store, now: datetime) -> tuple[QuerySet[Order]]:
    return (late_orders(store, now=now),)


def _unread(store: Store, now: datetime) -> tuple[QuerySet[Delivery]]:
    del now
    return (Delivery.objects.failed_of(store),)


PLACES = (
    Entry(group="today", address="office:today", label=_("Today"), icon="layout-dashboard", key="t", rank=10),
    Entry(
        group="care",
        address="office:orders",
        label=_("Orders"),
        icon="package",
        key="o",
        rank=10,
        badge=_late,
    ),
    Entry(group="care", address="office:customers", label=_("Customers"), icon="users", key="c", rank=20),
    Entry(group="communicate", address="office:messages", label=_("Messages"), icon="mail", key="m", rank=40),
    Entry(
        group="setup",
        address="office:inbound",
        label=_("Inbound"),
        icon="inbox",
        key="i",
        rank=20,
        badge=_unread,
    ),
    Entry(group="setup", address="office:connections", label=_("Connections"), icon="plug", key="n", rank=30),
    Entry(
        group="setup",
        address="office:settings",
        for_agents="office:settings-me",
        label=_("Settings"),
        icon="settings",
        key="s",
        rank=90,
    ),
)
