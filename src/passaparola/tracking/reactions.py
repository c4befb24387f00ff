"""What tracking does when orders tell something."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.kernel.events import Event, on
from passaparola.orders.events import FulfilmentNewsReported, FulfilmentReported, OrderPlaced
from passaparola.tracking import actions


def _history(batch: Sequence[Event]) -> bool:
    return all(event.is_history for event in batch)


@on(OrderPlaced, history=True)
def promise(batch: Sequence[OrderPlaced], now: datetime) -> None:
    """Say when it will arrive, and pick up parcels that were known before their order.

    Nobody was promised anything here about an order that comes from an import.
    """
    alive = [event.order_id for event in batch if event.order_id and not event.is_history]
    actions.promise(alive, now=now)
    past = [event.order_id for event in batch if event.order_id and event.is_history]
    actions.derive_waiting(past, now=now, is_history=True)


@on(FulfilmentReported, history=True)
def follow_fulfilments(batch: Sequence[FulfilmentReported], now: datetime) -> None:
    """The shop's word about what it sent becomes parcels."""
    fulfilments = [event.subject_id for event in batch if event.subject_id]
    actions.follow_fulfilments(fulfilments, now=now, is_history=_history(batch))


@on(FulfilmentNewsReported, history=True)
def follow_news(batch: Sequence[FulfilmentNewsReported], now: datetime) -> None:
    """What the shop system relays about a shipment becomes scans."""
    actions.follow_news(batch, now=now, is_history=_history(batch))
