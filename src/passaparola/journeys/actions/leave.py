"""Leaving a journey before its end: what it had asked for and nobody has done yet is withdrawn."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from passaparola.journeys.actions import tallies
from passaparola.journeys.models import Enrolment, ToDo, WebhookCall
from passaparola.journeys.models.call import WAITING_CALL
from passaparola.journeys.models.journey import definitions_of
from passaparola.journeys.models.todo import OPEN_TODO
from passaparola.kernel.database import bulk
from passaparola.kernel.events import Event
from passaparola.messages import actions as messages

CANCELLED_ORDER = "order_cancelled"
"""The ending of whoever is in a journey about an order that is no more."""
_PLACE = ("pk", "store_id", "journey_id", "position", "hops")


class Leaving(NamedTuple):
    """One who leaves, and why."""

    enrolment_id: int
    store_id: int
    journey_id: int
    position: str
    hops: int
    reason: str


def end(leaving: Sequence[Leaving], *, now: datetime) -> int:
    """End these enrolments where they stand, in the caller's transaction; return how many were open."""
    rows = [{"id": one.enrolment_id, "ended_by": one.reason, "ended_at": now} for one in leaving]
    ended = bulk.update(
        Enrolment,
        sorted(rows, key=lambda row: int(str(row["id"]))),
        key=["id"],
        set_=["ended_at = v.ended_at", "ended_by = v.ended_by", "due_at = NULL", "waits_for = ''"],
        where="old.ended_at IS NULL",
        returning=["old.id", "old.hops"],
    )
    # As it is in the row: a worker may have moved them on since the caller looked, and asked for more.
    hops = dict(ended)
    gone = [one._replace(hops=hops[one.enrolment_id]) for one in leaving if one.enrolment_id in hops]
    withdraw(gone, now=now)
    tallies.count(Counter((one.journey_id, one.position, f"!{one.reason}") for one in gone))
    return len(hops)


def withdraw(leaving: Sequence[Leaving], *, now: datetime) -> None:
    """Take back the messages that still wait, the to-dos that nobody did, and what nobody has heard yet."""
    if not leaving:
        return
    keys = [(one.store_id, key_of(one.enrolment_id, hop)) for one in leaving for hop in range(one.hops + 1)]
    messages.withdraw(keys, now=now)
    ids = [one.enrolment_id for one in leaving]
    ToDo.objects.filter(OPEN_TODO, enrolment_id__any=ids).update(withdrawn_at=now)
    stores, names = ({*part} for part in zip(*keys, strict=True))
    WebhookCall.objects.filter(WAITING_CALL, store_id__any=stores, key__any=names).delete()


def leave_cancelled(events: Iterable[Event], *, now: datetime) -> None:
    """Nobody goes on about an order that was cancelled, whatever its journey says of ways out.

    Who had come to the end already is asked for nothing more either. A journey that the cancellation itself, or
    anything after it, has started is not meant, nor one that waits for it.
    """
    told = {event.order_id: event.happened_at for event in events if event.order_id}
    rows = list(
        Enrolment.objects.filter(order__any=told).values_list(
            *_PLACE, "version_id", "order_id", "begun_at", "ended_at"
        )
    )
    known = definitions_of({row[-4] for row in rows})
    early = [
        row
        for row in rows
        if row[-2] < told[row[-3]] and not ((made := known.get(row[-4])) and made.waits_for_cancelling)
    ]
    end([Leaving._make((*row[:-4], CANCELLED_ORDER)) for row in early if row[-1] is None], now=now)
    withdraw([Leaving._make((*row[:-4], CANCELLED_ORDER)) for row in early if row[-1] is not None], now=now)


def key_of(enrolment_id: int, hop: int) -> str:
    """The key of whatever a step asked for: the same each time it is asked for."""
    return f"journey:{enrolment_id}:{hop}"
