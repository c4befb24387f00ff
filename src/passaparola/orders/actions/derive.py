"""What newly follows from the rows of a batch: events, and what customers and pages show."""

from datetime import datetime
from typing import Any, NamedTuple

from passaparola.kernel.events import Event, emit
from passaparola.orders import following
from passaparola.orders.actions.progress import roll_up, touch
from passaparola.orders.actions.write import Orders
from passaparola.orders.events import (
    FulfilmentReported,
    OrderCancelled,
    OrderPaid,
    OrderPlaced,
    OrderRefunded,
)
from passaparola.orders.models import Fulfilment, Order, Refund


class _Known(NamedTuple):
    """What events need of an order: rows as they come, since models cost ten times as much to make."""

    pk: int
    store_id: int
    customer_id: int | None
    placed_at: datetime
    paid_at: datetime | None
    cancelled_first_at: datetime | None


def derive(orders: Orders, *, now: datetime, is_history: bool) -> None:
    """Tell everything that the recorded rows imply. What was told before is not told again.

    Looking at rows instead of deliveries makes it all the same which delivery came first: the one that
    completes the picture (an order for its waiting refund) triggers what waited.
    """
    ids = set(orders.ids.values())
    touch(ids - orders.new)
    following.changed(ids - orders.new, now=now)
    known = Order.objects.filter(pk__any=ids, placed_at__isnull=False)
    rows = {row[0]: _Known(*row) for row in known.values_list(*_Known._fields)}
    roll_up({order.customer_id for order in rows.values() if order.customer_id})
    events = [event for order in rows.values() for event in _order_events(order, is_history)]
    events += _refund_events(rows, is_history)
    events += _fulfilment_events(orders, is_history)
    emit(events, now=now)


def _event(kind: type[Event], order: _Known, what: str, at: datetime, **more: Any) -> Event:
    return kind(
        store_id=order.store_id,
        happened_at=at,
        key=f"order:{order.pk}:{what}",
        customer_id=order.customer_id,
        order_id=order.pk,
        **more,
    )


def _order_events(order: _Known, is_history: bool) -> list[Event]:  # noqa: FBT001 - passed on
    times = (
        (OrderPlaced, "placed", order.placed_at),
        (OrderPaid, "paid", order.paid_at),
        (OrderCancelled, "cancelled", order.cancelled_first_at),
    )
    return [_event(kind, order, what, at, is_history=is_history) for kind, what, at in times if at]


def _refund_events(rows: dict[int, _Known], is_history: bool) -> list[Event]:  # noqa: FBT001 - passed on
    return [
        _event(
            OrderRefunded,
            rows[refund.order_id],
            f"refund:{refund.external_id}",
            refund.made_at,
            subject_id=refund.pk,
            amount=str(refund.amount.normalize()),
            is_history=is_history,
        )
        for refund in Refund.objects.filter(order_id__any=rows)
    ]


def _fulfilment_events(orders: Orders, is_history: bool) -> list[Event]:  # noqa: FBT001 - passed on
    """Tell every version that was said, also an old one arriving late: the set decides, not the order.

    The customer is left out, since the order itself may not be known yet.
    """
    if not orders.fulfilments_told:
        return []
    stores = {pk: name[0] for name, pk in orders.ids.items()}
    found = Fulfilment.objects.filter(order_id__any={told[0] for told in orders.fulfilments_told})
    keys = {(f.order_id, f.external_id): f for f in found.only("order_id", "external_id", "made_at")}
    return [
        FulfilmentReported(
            store_id=stores[order],
            happened_at=at,
            key=f"order:{order}:fulfilment:{external_id}:{version}",
            order_id=order,
            subject_id=keys[order, external_id].pk,
            is_history=is_history,
        )
        for order, external_id, version, at in orders.fulfilments_told
        if (order, external_id) in keys
    ]
