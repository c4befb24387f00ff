"""What orders say to the ledger, loaded for a batch: five statements, whatever its size."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q

from passaparola.orders.models import Line, Order, Refund
from passaparola.promises import standards
from passaparola.promises.rules.from_order import OrderSaid, handed_over_at
from passaparola.promises.rules.opening import end_of
from passaparola.stores.models import Store
from passaparola.tracking.countries import zone_of
from passaparola.tracking.models import Parcel
from passaparola.tracking.rules.arrival import hand_over_day
from passaparola.tracking.rules.progress import order_progress
from passaparola.tracking.values import rhythm

_SETTLED = ("refunded", "voided")


class OrderRow(NamedTuple):
    """Rows as they come: models cost ten times as much to make."""

    pk: int
    store_id: int
    customer_id: int | None
    placed_at: datetime
    cancelled_at: datetime | None
    cancelled_first_at: datetime | None
    deleted_at: datetime | None
    is_history: bool
    shipped_at: datetime | None
    delivered_at: datetime | None
    paid_at: datetime | None
    payment_state: str
    total: Decimal
    shipping_address__country: str | None
    first_promise__last: Any


class ParcelRow(NamedTuple):
    order_id: int
    fulfilment_id: int | None
    fulfilment__parts: Any
    announced_at: datetime
    picked_up_at: datetime | None
    ready_for_pickup_at: datetime | None
    delivered_at: datetime | None
    tracker_id: int | None
    news_id: int | None

    @property
    def came_at(self) -> datetime | None:
        """Waiting at the pick-up point counts as having come."""
        return min((at for at in (self.ready_for_pickup_at, self.delivered_at) if at), default=None)


def load(orders: Collection[int]) -> Iterator[tuple[OrderRow, OrderSaid]]:
    """Yield each order that promises something, with what its promises follow from."""
    # An import promises nothing, but for the shop that says what was promised then.
    was_promised = Q(is_history=False) | Q(first_promise__isnull=False)
    found = Order.objects.filter(was_promised, pk__any=orders, placed_at__isnull=False, is_test=False)
    rows = [OrderRow(*row) for row in found.values_list(*OrderRow._fields)]
    if not rows:
        return
    stores = Store.objects.in_bulk({row.store_id for row in rows})
    parcels = _parcels(orders)
    refunds = _refunds([row.pk for row in rows if row.cancelled_first_at or row.delivered_at is None])
    owed = {
        (row.store_id, kind, row.cancelled_first_at)
        for row in rows
        if row.cancelled_first_at and row.paid_at
        for kind in ("refund", "refund_law")
    }
    due = standards.due(list(owed))
    came = _came({row.pk: row.delivered_at for row in rows}, parcels)
    for row in rows:
        own = parcels.get(row.pk, [])
        yield (
            row,
            _said(
                row,
                store=stores[row.store_id],
                parcels=own,
                came=came[row.pk],
                given_back=refunds[row.pk],
                due=due,
            ),
        )


def _said(
    row: OrderRow, *, store: Store, parcels: list[ParcelRow], came: datetime | None, given_back: Any, due: Any
) -> OrderSaid:
    zone = zone_of(row.shipping_address__country or "") or store.zone
    since = row.cancelled_first_at
    left = handed_over_at((p.picked_up_at, p.announced_at, bool(p.tracker_id or p.news_id)) for p in parcels)
    return OrderSaid(
        placed_at=row.placed_at,
        arrives_by=end_of(row.first_promise__last, zone) if row.first_promise__last else None,
        hand_over_by=end_of(hand_over_day(row.placed_at, zone, rhythm(store)), store.zone),
        came_at=came,
        handed_over_at=min((at for at in (row.shipped_at, left) if at), default=None),
        called_off_at=row.cancelled_at or row.deleted_at,
        cancelled_first_at=since,
        is_paid=row.paid_at is not None,
        total=row.total,
        given_back=given_back,
        is_settled_elsewhere=row.payment_state in _SETTLED,
        refund_by=due.get((row.store_id, "refund", since)),
        refund_by_law=due.get((row.store_id, "refund_law", since)),
    )


def _parcels(orders: Collection[int]) -> dict[int, list[ParcelRow]]:
    found: dict[int, list[ParcelRow]] = defaultdict(list)
    rows = Parcel.objects.filter(order_id__any=orders, cancelled_at=None)
    for row in rows.values_list(*ParcelRow._fields):
        found[row[0]].append(ParcelRow(*row))
    return found


def _refunds(orders: Collection[int]) -> dict[int, list[tuple[datetime, Decimal]]]:
    found: dict[int, list[tuple[datetime, Decimal]]] = defaultdict(list)
    if orders:
        for pk, at, amount in Refund.objects.filter(order__in=orders).values_list(
            "order_id", "made_at", "amount"
        ):
            found[pk].append((at, amount))
    return found


def _came(
    delivered: dict[int, datetime | None], parcels: dict[int, list[ParcelRow]]
) -> dict[int, datetime | None]:
    """Return when all of each order had come; lines are asked for only where a pick-up point has something."""
    at_points = {pk for pk, own in parcels.items() if any(p.ready_for_pickup_at for p in own)}
    lines: dict[int, dict[str, int]] = defaultdict(dict)
    if at_points:
        for pk, line, quantity in Line.objects.filter(order__in=at_points, needs_shipping=True).values_list(
            "order_id", "external_id", "quantity"
        ):
            lines[pk][line] = quantity
    found = dict(delivered)
    for pk in at_points & delivered.keys():
        travelling = [
            (p.fulfilment_id or 0, p.fulfilment__parts or [], p.picked_up_at, p.came_at) for p in parcels[pk]
        ]
        found[pk] = order_progress(lines[pk], travelling)[1]
    return found
