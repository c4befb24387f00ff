"""What the account shows on the office's pages: what customers ask of an order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from passaparola.account.models import ChangeRequest, Missing
from passaparola.kernel.ui.panels import Panel
from passaparola.stores.models import Store


def wishes(store: Store, order: int, now: datetime) -> Mapping[str, Any] | None:
    del now
    changes = list(ChangeRequest.objects.filter(store=store, order=order).order_by("-asked_at")[:5])
    missing = list(Missing.objects.filter(store=store, order=order).select_related("parcel"))
    return {"changes": changes, "missing": missing} if changes or missing else None


def waiting(store: Store, row: int, now: datetime) -> Mapping[str, Any] | None:
    del row, now
    found = ChangeRequest.objects.waiting().filter(store=store).select_related("order").order_by("asked_at")
    changes = list(found[:6])
    return {"waiting_changes": changes} if changes else None


PANELS = (
    Panel(place="order", template="account/panel_wishes.html", load=wishes, rank=10),
    Panel(place="today", template="account/panel_waiting.html", load=waiting, rank=40),
)
