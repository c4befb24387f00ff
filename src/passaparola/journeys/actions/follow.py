"""What journeys do when anything happens: people enter, reach the goal, leave, or need not wait any longer.

Runs in the transaction that records the events, for a batch at a time.
"""

from collections.abc import Sequence
from datetime import datetime

from passaparola.journeys.actions.enter import enrol
from passaparola.journeys.actions.leave import leave_cancelled
from passaparola.journeys.actions.listening import Told, listeners_of
from passaparola.journeys.actions.move_on import move_on
from passaparola.kernel.events import Event
from passaparola.orders.events import OrderCancelled


def follow(batch: Sequence[Event], *, now: datetime) -> None:
    """Let every journey of these stores hear what happened."""
    leave_cancelled((event for event in batch if isinstance(event, OrderCancelled)), now=now)
    listeners = listeners_of({event.store_id for event in batch}, batch)
    if not listeners:
        return
    told = Told(batch)
    for listener in listeners:
        if listener.is_open:
            enrol(listener, told, now)
    move_on(listeners, told, now)
