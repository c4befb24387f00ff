"""What is said while parcels travel. Only what a carrier proved: the shop's word that it sent is no news."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from passaparola.kernel.events import Event, on
from passaparola.messages import actions
from passaparola.messages.actions import Wanted
from passaparola.messages.rules.way import BEST
from passaparola.tracking.events import (
    OrderOverdue,
    ParcelAttempted,
    ParcelDelayed,
    ParcelDelivered,
    ParcelOutForDelivery,
    ParcelPickedUp,
    ParcelReadyForPickup,
)

NEWS: dict[str, tuple[str, ...]] = {
    "ParcelPickedUp": ("shipped", "arriving"),
    "ParcelOutForDelivery": ("out_for_delivery",),
    "ParcelReadyForPickup": ("ready_for_pickup",),
    "ParcelAttempted": ("attempted",),
    "ParcelDelivered": ("delivered",),
    "ParcelDelayed": ("delayed",),
    "OrderOverdue": ("delayed",),
}
"""Event to the kinds of messages asked for. `arriving` then waits by itself for the eve of the arrival."""


@on(
    ParcelPickedUp,
    ParcelOutForDelivery,
    ParcelReadyForPickup,
    ParcelAttempted,
    ParcelDelivered,
    ParcelDelayed,
    OrderOverdue,
)
def tell_news(batch: Sequence[Event], now: datetime) -> None:
    """Ask for the messages about the news; whether they still are news is decided with them."""
    wanted = [
        _wanted(event, kind) for event in batch if event.order_id for kind in NEWS[type(event).__name__]
    ]
    actions.ask(wanted, now=now)


def _wanted(event: Event, kind: str) -> Wanted:
    return Wanted(
        store_id=event.store_id,
        key=f"{kind}:{event.key}",
        kind=kind,
        order_id=event.order_id or 0,
        parcel_id=event.subject_id,
        data=_data(event),
        channel=BEST,
    )


def _data(event: Event) -> dict[str, Any]:
    """Return what no row keeps: the delay as it was told then."""
    if isinstance(event, ParcelDelayed):
        told: dict[str, Any] = {"cause": event.cause, "new_last": event.new_last}
        if event.confidence < 1:
            told["confidence"] = event.confidence
        return told | ({"words": event.words} if event.words else {})
    return {"cause": "shop"} if isinstance(event, OrderOverdue) else {}
