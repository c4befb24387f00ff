"""Cases when their people and orders change."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from passaparola.cases.actions.settle import settle
from passaparola.cases.models import Trouble

TRAVELLING = ("late_parcel", "stalled_parcel", "lost_parcel", "returning_parcel", "overdue_order")


def settle_travelling(orders: Collection[int], *, now: datetime) -> None:
    """Nobody waits for the parcels of these orders any more."""
    open_ = Trouble.objects.open().filter(order__in=orders, kind__in=TRAVELLING)
    settle(list(open_.values_list("store_id", "key")), now=now)


def settle_parcels(parcels: Collection[int], *, orders: Collection[int], now: datetime) -> None:
    """These parcels came, or move again: whatever was wrong with them on the way is over."""
    open_ = Trouble.objects.open().filter(
        order__in=orders, kind__in=TRAVELLING, data__parcel__in=list(parcels)
    )
    settle(list(open_.values_list("store_id", "key")), now=now)


def follow_customers(customers: Collection[int]) -> None:
    """After a merge or its undoing: what is about an order belongs to whoever the order belongs to.

    A case of a person alone moves to whom that row was merged into, unless they have such a case already.
    """
    ids = sorted(customers)
    with connection.cursor() as cursor:
        for table in ("cases_case", "cases_trouble"):
            cursor.execute(
                f"""
                UPDATE {table} c SET customer_id = o.customer_id
                  FROM orders_order o
                 WHERE o.id = c.order_id AND c.customer_id IS DISTINCT FROM o.customer_id
                   AND (c.customer_id = ANY(%s) OR o.customer_id = ANY(%s))
                """,
                [ids, ids],
            )
        cursor.execute(
            """
            UPDATE cases_trouble t SET customer_id = u.merged_into_id
              FROM customers_customer u
             WHERE u.id = t.customer_id AND t.order_id IS NULL AND u.merged_into_id IS NOT NULL AND u.id = ANY(%s)
            """,
            [ids],
        )
        cursor.execute(
            """
            UPDATE cases_case c SET customer_id = u.merged_into_id
              FROM customers_customer u
             WHERE u.id = c.customer_id AND c.order_id IS NULL AND u.merged_into_id IS NOT NULL AND u.id = ANY(%s)
               AND NOT EXISTS (SELECT 1 FROM cases_case d WHERE d.customer_id = u.merged_into_id
                                AND d.order_id IS NULL AND d.closed_at IS NULL AND c.closed_at IS NULL)
            """,
            [ids],
        )
