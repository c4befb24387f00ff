"""What becomes a trouble, and what ends one, when promises, parcels and orders tell something."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from passaparola.cases import actions
from passaparola.cases.actions import Trouble
from passaparola.customers.events import CustomersJoined, CustomersParted
from passaparola.customers.models import Merge
from passaparola.kernel.events import Event, on
from passaparola.orders.events import OrderCancelled
from passaparola.promises.events import (
    PromiseBroken,
    PromiseEndangered,
    PromiseForgiven,
    PromiseKept,
    PromiseWithdrawn,
)
from passaparola.promises.kind import kind_of
from passaparola.promises.models import Promise
from passaparola.tracking.events import (
    OrderOverdue,
    ParcelDelayed,
    ParcelDelivered,
    ParcelLost,
    ParcelMissing,
    ParcelMovedAgain,
    ParcelPickedUp,
    ParcelReadyForPickup,
    ParcelReturning,
    ParcelStalled,
)

PARCEL_TROUBLES = {
    "ParcelDelayed": "late_parcel",
    "ParcelLost": "lost_parcel",
    "ParcelMissing": "lost_parcel",
    "ParcelReturning": "returning_parcel",
    "ParcelStalled": "stalled_parcel",
}


@on(ParcelDelayed, ParcelLost, ParcelReturning, ParcelStalled, ParcelMissing)
def open_for_parcels(batch: Sequence[Event], now: datetime) -> None:
    """A parcel is late, stands still, is lost or comes back."""
    actions.report([_of_parcel(event) for event in batch], now=now)


def _of_parcel(event: Event) -> Trouble:
    kind = PARCEL_TROUBLES[type(event).__name__]
    data: dict[str, Any] = {"parcel": event.subject_id}
    if isinstance(event, ParcelDelayed):
        data |= {"cause": event.cause, "new_last": event.new_last}
    # A parcel may stand still more than once; late, lost or on its way back it is once.
    again = f":{event.since}" if isinstance(event, ParcelStalled) else ""
    if isinstance(event, ParcelStalled | ParcelMissing):
        data |= {"since": event.since, "days": event.days}
    return _trouble(event, f"{kind}:{event.subject_id}{again}", kind, data=data)


def _trouble(event: Event, key: str, kind: str, **more: Any) -> Trouble:
    return Trouble(
        store_id=event.store_id,
        key=key,
        kind=kind,
        order_id=event.order_id,
        customer_id=event.customer_id,
        happened_at=event.happened_at,
        **more,
    )


@on(ParcelDelivered, ParcelReadyForPickup)
def settle_parcels(batch: Sequence[Event], now: datetime) -> None:
    """It came after all."""
    orders = {e.order_id for e in batch if e.order_id}
    actions.settle_parcels(_ids(batch), orders=orders, now=now)


@on(ParcelMovedAgain)
def settle_standstills(batch: Sequence[ParcelMovedAgain], now: datetime) -> None:
    keys = [(e.store_id, f"stalled_parcel:{e.subject_id}:{e.since}") for e in batch]
    actions.settle([*keys, *((e.store_id, f"lost_parcel:{e.subject_id}") for e in batch)], now=now)


@on(OrderOverdue)
def open_for_overdue(batch: Sequence[OrderOverdue], now: datetime) -> None:
    actions.report([_trouble(e, f"overdue_order:{e.order_id}", "overdue_order") for e in batch], now=now)


@on(ParcelPickedUp)
def settle_overdue(batch: Sequence[ParcelPickedUp], now: datetime) -> None:
    """It has left us, late as it is; the day of arrival is another promise."""
    actions.settle([(e.store_id, f"overdue_order:{e.order_id}") for e in batch], now=now)


@on(OrderCancelled)
def settle_cancelled(batch: Sequence[OrderCancelled], now: datetime) -> None:
    """Nobody waits for its parcels any more. The money that is owed is a promise of its own."""
    actions.settle_travelling({e.order_id for e in batch if e.order_id}, now=now)


@on(PromiseEndangered)
def open_for_endangered(batch: Sequence[PromiseEndangered], now: datetime) -> None:
    """It can still be kept, if somebody sees to it now: that matters as much as what is broken already."""
    actions.report(
        [
            _trouble(
                e,
                f"danger:{e.subject_id}",
                "endangered_promise",
                severity=kind_of(e.promise).severity,
                data={"promise": e.promise, "risk": e.risk, "due_at": e.due_at},
            )
            for e in batch
        ],
        now=now,
    )


@on(PromiseBroken)
def open_for_broken(batch: Sequence[PromiseBroken], now: datetime) -> None:
    """Told late, it may have come true meanwhile: then the case is there to be read, and over."""
    actions.report(
        [
            _trouble(
                e,
                f"broken:{e.subject_id}",
                "broken_promise",
                severity=kind_of(e.promise).severity,
                data={"promise": e.promise, "due_at": e.due_at},
            )
            for e in batch
        ],
        now=now,
    )
    actions.settle(_keys(batch, "danger"), now=now)
    over = set(Promise.objects.filter(pk__in=_ids(batch)).exclude(kept_at=None).values_list("pk", flat=True))
    actions.settle(_keys(batch, "broken", only=over.__contains__), now=now)


@on(PromiseKept, PromiseForgiven, PromiseWithdrawn)
def settle_promises(batch: Sequence[Event], now: datetime) -> None:
    actions.settle([*_keys(batch, "danger"), *_keys(batch, "broken")], now=now)


def _keys(
    batch: Iterable[Event], what: str, *, only: Callable[[int], bool] = lambda _: True
) -> list[tuple[int, str]]:
    return [(e.store_id, f"{what}:{e.subject_id}") for e in batch if only(e.subject_id or 0)]


def _ids(batch: Iterable[Event]) -> list[int]:
    return [e.subject_id for e in batch if e.subject_id]


@on(CustomersJoined, CustomersParted, history=True)
def follow(batch: Sequence[CustomersJoined | CustomersParted], now: datetime) -> None:
    del now
    pairs = Merge.objects.filter(pk__in=[event.subject_id for event in batch])
    actions.follow_customers({pk for pair in pairs.values_list("one_id", "other_id") for pk in pair})
