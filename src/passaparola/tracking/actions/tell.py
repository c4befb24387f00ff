"""The events of parcels: each follows from the scans there are."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from passaparola.kernel.events import Event, emit
from passaparola.orders import actions as orders
from passaparola.orders import following
from passaparola.orders.models import Fulfilment, Line, Order
from passaparola.tracking import events as told
from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.models import FirstPromise, Parcel
from passaparola.tracking.rules.arrival import Source
from passaparola.tracking.rules.danger import SURE
from passaparola.tracking.rules.parcel import Derived
from passaparola.tracking.rules.progress import order_progress
from passaparola.tracking.rules.stalled import Stall
from passaparola.tracking.rules.status import in_order

_ONCE = {
    ScanState.READY_FOR_PICKUP: told.ParcelReadyForPickup,
    ScanState.HELD: told.ParcelHeld,
    ScanState.RETURNING: told.ParcelReturning,
    ScanState.LOST: told.ParcelLost,
}
_EACH_DAY = {
    ScanState.OUT_FOR_DELIVERY: told.ParcelOutForDelivery,
    ScanState.ATTEMPTED: told.ParcelAttempted,
}


def parcel_events(
    parcel: Parcel, scans: Sequence[ScanFacts], found: Derived, *, now: datetime, is_history: bool
) -> list[Event]:
    """Return everything there is to tell of a parcel; what was told before is not told again.

    `parcel` is the row as it was, `found` what follows now.
    """
    columns = found.columns

    def event(kind: type[Event], what: str, at: datetime, **more: Any) -> Event:
        return kind(
            store_id=parcel.store_id,
            happened_at=at,
            key=f"parcel:{parcel.pk}:{what}",
            customer_id=parcel.order.customer_id,
            order_id=parcel.order_id,
            subject_id=parcel.pk,
            is_history=is_history,
            **more,
        )

    events: list[Event] = []
    if columns["picked_up_at"]:
        events.append(event(told.ParcelPickedUp, "picked_up", columns["picked_up_at"]))
    if columns["delivered_at"]:
        events.append(event(told.ParcelDelivered, "delivered", columns["delivered_at"]))
    # The earliest scan of a kind tells the time: from the last to the first, the first stays.
    for scan in reversed(in_order(scans)):
        if kind := _ONCE.get(scan.state):
            events.append(event(kind, scan.state.value, scan.at))
        if kind := _EACH_DAY.get(scan.state):
            events.append(event(kind, f"{scan.state.value}:{scan.at.date()}", scan.at))
    if columns["state"] == ScanState.RETURNED:
        events.append(event(told.ParcelReturned, "returned", columns["state_at"]))
    cause, chance = columns["delay_cause"], columns["breach_chance"]
    if found.is_endangered:
        last = str(columns["promised_last"])
        events.append(event(told.ParcelEndangered, "endangered", now, chance=chance, cause=cause, last=last))
    if _is_delayed(columns):
        new_last = str(columns["arrival_last"] or "")
        at = columns["late_since"] or now
        facts = columns["delay_facts"]
        more = {"words": facts.get("words", {}), "shop_days": facts.get("shop_days", 0)}
        sure = columns["delay_confidence"] or 0.0
        events.append(
            event(told.ParcelDelayed, "delayed", at, cause=cause, new_last=new_last, confidence=sure, **more)
        )
    newest = max((scan.at for scan in scans), default=None)
    return [*events, *_standstill(parcel.stalled_since, found.stall, newest, now, event)]


def _is_delayed(columns: Mapping[str, Any]) -> bool:
    """Tell whether the customer is to hear of it: a window that was learned has to be surer than the team is."""
    if columns["late_since"]:
        return not columns["delivered_at"]
    if columns["breach_chance"] is None or columns["arrival_last"] is None:
        return False
    if columns["arrival_source"] == Source.LEARNED:
        return bool(columns["breach_chance"] >= SURE)
    return bool(columns["arrival_last"] > columns["promised_last"])


def _standstill(
    before: datetime | None,
    stall: Stall | None,
    newest: datetime | None,
    now: datetime,
    event: Callable[..., Event],
) -> list[Event]:
    """Tell that a parcel stands still, or moves again after having stood still since `before`."""
    if stall is None:
        if before is None or newest is None or newest <= before:
            return []
        since = f"{before:%F}"
        return [event(told.ParcelMovedAgain, f"moved:{since}", newest, since=since)]
    what = {"since": f"{stall.since:%F}", "days": stall.days}
    key = f"stalled:{stall.since:%F}"
    found = [event(told.ParcelStalled, key, now, where=stall.where.value, **what)]
    return found + ([event(told.ParcelMissing, "missing", now, **what)] if stall.is_missing else [])


def endangered_event(order: Order, now: datetime, promise: FirstPromise) -> Event:
    return told.OrderEndangered(
        store_id=order.store_id,
        happened_at=now,
        key=f"order:{order.pk}:endangered",
        customer_id=order.customer_id,
        order_id=order.pk,
        last=str(promise.last),
    )


def overdue_event(order: Order, now: datetime) -> Event:
    return told.OrderOverdue(
        store_id=order.store_id,
        happened_at=now,
        key=f"order:{order.pk}:overdue",
        customer_id=order.customer_id,
        order_id=order.pk,
    )


def tell_delivered(affected: Collection[int], *, now: datetime, is_history: bool) -> None:
    """Keep how far the orders are as a whole, and tell those of which everything has arrived."""
    rows = {order.pk: order for order in Order.objects.filter(pk__in=affected)}
    lines: dict[int, dict[str, int]] = {}
    for pk, line, quantity in Line.objects.filter(order__in=affected, needs_shipping=True).values_list(
        "order_id", "external_id", "quantity"
    ):
        lines.setdefault(pk, {})[line] = quantity
    parts = dict(Fulfilment.objects.filter(order__in=affected).values_list("pk", "parts"))
    parcels: dict[int, list[Parcel]] = {}
    for parcel in Parcel.objects.filter(order__in=affected, cancelled_at=None):
        parcels.setdefault(parcel.order_id, []).append(parcel)
    progress, events = {}, []
    for pk, order in rows.items():
        own = parcels.get(pk, [])
        shipped, delivered = order_progress(
            lines.get(pk, {}),
            [
                (p.fulfilment_id or 0, parts.get(p.fulfilment_id or 0, []), p.picked_up_at, p.delivered_at)
                for p in own
            ],
        )
        if (shipped, delivered) != (order.shipped_at, order.delivered_at):
            progress[pk] = (shipped, delivered)
        if delivered and order.placed_at:
            events.append(
                told.OrderDelivered(
                    store_id=order.store_id,
                    happened_at=delivered,
                    key=f"order:{pk}:delivered",
                    customer_id=order.customer_id,
                    order_id=pk,
                    is_history=is_history,
                )
            )
    orders.mark_progress(progress)
    following.changed(affected, now=now)
    emit(events, now=now)
