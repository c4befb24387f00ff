"""What the ledger does when orders, parcels and customers tell something."""

from collections.abc import Sequence
from datetime import date, datetime

from passaparola.customers.events import CustomersJoined, CustomersParted
from passaparola.customers.models import Merge
from passaparola.kernel.events import on
from passaparola.orders.models import Order
from passaparola.promises import actions
from passaparola.promises.actions import Promised
from passaparola.promises.rules.opening import end_of
from passaparola.tracking.events import OrderEndangered, ParcelDelayed, ParcelEndangered
from passaparola.tracking.values import zone_there

STANDS_IN_THE_SHOP = 0.7
"""How probable a breach is that tracking tells of an order nobody has handed over."""


@on(ParcelEndangered, OrderEndangered)
def endanger(batch: Sequence[ParcelEndangered | OrderEndangered], now: datetime) -> None:
    """Seen before it happens: tracking knows from the shop's own parcels."""
    actions.endanger(
        [
            (e.store_id, f"delivery:order:{e.order_id}", getattr(e, "chance", STANDS_IN_THE_SHOP))
            for e in batch
            if e.order_id
        ],
        now=now,
    )


@on(ParcelDelayed)
def look_at_delays(batch: Sequence[ParcelDelayed], now: datetime) -> None:
    """The first promise will rather be broken; the new day, which the customer is told, is a promise, too."""
    orders = Order.objects.select_related("store").in_bulk({e.order_id for e in batch if e.order_id})
    actions.endanger(
        [(e.store_id, f"delivery:order:{e.order_id}", 0.9) for e in batch if e.order_id in orders], now=now
    )
    actions.make(
        [
            Promised(
                store_id=event.store_id,
                key=f"new_date:parcel:{event.subject_id}",
                kind="new_date",
                due_at=end_of(date.fromisoformat(event.new_last), zone_there(order, order.store)),
                order_id=order.pk,
                customer_id=order.customer_id,
                subject_id=event.subject_id,
                said_in="mail",
                made_at=now,
            )
            for event in batch
            if event.new_last and (order := orders.get(event.order_id or 0))
        ],
        now=now,
    )


@on(CustomersJoined, CustomersParted, history=True)
def follow(batch: Sequence[CustomersJoined | CustomersParted], now: datetime) -> None:
    del now
    pairs = Merge.objects.filter(pk__in=[event.subject_id for event in batch])
    actions.follow_customers({pk for pair in pairs.values_list("one_id", "other_id") for pk in pair})
