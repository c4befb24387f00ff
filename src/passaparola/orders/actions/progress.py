"""What others tell orders: how far they are, whose they are, that a page has to be made anew."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import connection
from django.db.models import F

from passaparola.customers.models import Customer
from passaparola.kernel.database import bulk
from passaparola.orders.models import Order

MOST_SPENT = 10**12 - 1
"""What the column holds: one order too many must not keep all later ones from being recorded."""


def touch(orders: Collection[int]) -> None:
    """Say that the pages of these orders show something new."""
    if orders:
        Order.objects.filter(pk__any=orders).update(page_version=F("page_version") + 1)


def mark_progress(progress: Mapping[int, tuple[datetime | None, datetime | None]]) -> None:
    """Keep, per order, since when the carrier has it and when all of it had arrived (or None)."""
    rows = [{"id": pk, "shipped_at": s, "delivered_at": d} for pk, (s, d) in progress.items()]
    bulk.update(Order, rows, key=["id"], set_=["shipped_at = v.shipped_at", "delivered_at = v.delivered_at"])


def roll_up(customers: Iterable[int]) -> None:
    """Count again what these customers bought: from the rows, so that nothing can drift."""
    ids = sorted(set(customers))
    if not ids:
        return
    with connection.cursor() as cursor:
        # One statement for the batch; FOR UPDATE in a fixed order keeps two workers from deadlocking.
        cursor.execute(
            """
            UPDATE customers_customer c
               SET orders_count = r.orders, spent = r.spent, first_order_at = r.first, last_order_at = r.last
              FROM (SELECT u.id, count(o.id) AS orders, min(o.placed_at) AS first, max(o.placed_at) AS last,
                           coalesce(least(greatest(sum(o.total - coalesce(f.refunded, 0)), -%s), %s), 0) AS spent
                      FROM (SELECT id FROM customers_customer WHERE id = ANY(%s) ORDER BY id FOR UPDATE) u
                      LEFT JOIN orders_order o ON o.customer_id = u.id AND o.placed_at IS NOT NULL
                           AND o.cancelled_at IS NULL AND o.deleted_at IS NULL
                      LEFT JOIN LATERAL (SELECT sum(amount) AS refunded FROM orders_refund
                                          WHERE order_id = o.id) f ON true
                     GROUP BY u.id) r
             WHERE c.id = r.id
            """,
            [MOST_SPENT, MOST_SPENT, ids],
        )


def follow_customers(customers: Collection[int]) -> None:
    """After a merge or its undoing: give every order to the person its key now belongs to."""
    group = {*customers}
    rows = Customer.objects.filter(pk__in=group).values_list("pk", "merged_into")
    roots = {pk: root or pk for pk, root in rows}
    everybody = Customer.objects.filter(merged_into__in=roots.values()).values_list("pk", flat=True)
    ids = [*roots, *everybody, *roots.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE orders_order o SET customer_id = coalesce(c.merged_into_id, c.id)
              FROM customers_identity i JOIN customers_customer c ON c.id = i.customer_id
             WHERE o.identity_id = i.id AND i.customer_id = ANY(%s)
               AND o.customer_id IS DISTINCT FROM coalesce(c.merged_into_id, c.id)
            """,
            [ids],
        )
    roll_up(ids)
