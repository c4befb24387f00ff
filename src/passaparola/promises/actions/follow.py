"""Promises that follow from orders: derived from the rows there are, so that it is the same what came first."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from passaparola.kernel.database import bulk
from passaparola.promises.actions.settle import COLUMNS, RETURNING, tell_kept
from passaparola.promises.derived import OrderRow, load
from passaparola.promises.kind import kind_of
from passaparola.promises.models import Promise
from passaparola.promises.rules.checking import check_at
from passaparola.promises.rules.from_order import Follows, promises_of

_UPDATE = (
    "customer_id",
    "kept_at",
    "withdrawn_at",
    # Taken out of history: alive from here on.
    "is_history",
    """broken_at = CASE
        WHEN excluded.kept_at IS NOT NULL THEN CASE WHEN excluded.kept_at > old.due_at THEN old.due_at END
        WHEN excluded.withdrawn_at <= old.due_at THEN NULL
        ELSE coalesce(old.broken_at, excluded.broken_at) END""",
    """check_at = CASE
        WHEN excluded.is_history OR old.told_at IS NOT NULL OR old.forgiven_at IS NOT NULL THEN NULL
        WHEN excluded.kept_at <= old.due_at THEN NULL
        WHEN excluded.kept_at IS NULL AND excluded.withdrawn_at IS NOT NULL THEN NULL
        ELSE coalesce(old.check_at, excluded.check_at) END""",
)
_CHANGED = """(old.customer_id, old.kept_at, old.withdrawn_at, old.is_history)
    IS DISTINCT FROM (excluded.customer_id, excluded.kept_at, excluded.withdrawn_at, excluded.is_history)"""


def follow_orders(orders: Collection[int], *, now: datetime) -> None:
    """Bring the promises of these orders up to date with their rows, in the caller's transaction.

    What was promised first stays: of a promise that exists only its outcome changes. Kept ones are told
    only where they had been in danger or broken.
    """
    if not orders:
        return
    rows = [_row(order, each, now) for order, said in load(orders) for each in promises_of(said)]
    returning = [*RETURNING, "old.told_at IS NOT NULL OR old.endangered_at IS NOT NULL"]
    written = bulk.upsert(
        Promise, rows, key=["store_id", "key"], update=_UPDATE, where=_CHANGED, returning=returning
    )
    worried = [row for row in written if row[-1]]
    worried += _follow_parcels(orders)
    kept = [dict(zip(COLUMNS, row, strict=False)) for row in worried]
    tell_kept((row for row in kept if row["kept_at"]), now=now)


def _row(order: OrderRow, each: Follows, now: datetime) -> dict[str, Any]:
    is_over = each.kept_at is not None or each.withdrawn_at is not None
    is_late = each.due_at < (each.kept_at or each.withdrawn_at or now)
    waits = not order.is_history and (is_late or not is_over)
    return {
        "store_id": order.store_id,
        "key": f"{each.kind}:order:{order.pk}",
        "kind": each.kind,
        "words": {},
        "order_id": order.pk,
        "customer_id": order.customer_id,
        "said_in": "page",
        "evidence": "",
        "made_at": each.made_at,
        "due_at": each.due_at,
        "risk": 0,
        "kept_at": each.kept_at,
        # Of the past nobody is told: what was broken is known at once. The sweep says it of all others.
        "broken_at": each.due_at if is_late and (each.kept_at or order.is_history) else None,
        "withdrawn_at": each.withdrawn_at,
        "forgiven_why": "",
        "check_at": _check_at(each) if waits else None,
        "is_history": order.is_history,
    }


def _check_at(each: Follows) -> datetime:
    return check_at(due_at=each.due_at, warns=kind_of(each.kind).warns, is_endangered=False)


def _follow_parcels(orders: Collection[int]) -> list[tuple[Any, ...]]:
    """Keep the promises made about single parcels, when they come; withdraw those of orders called off."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE promises_promise AS old
               SET kept_at = f.came_at, withdrawn_at = f.off_at,
                   broken_at = CASE WHEN f.came_at IS NOT NULL
                                    THEN CASE WHEN f.came_at > old.due_at THEN old.due_at END
                                    WHEN f.off_at <= old.due_at THEN NULL ELSE old.broken_at END,
                   check_at = CASE WHEN old.told_at IS NOT NULL OR f.came_at <= old.due_at
                                     OR f.off_at IS NOT NULL THEN NULL ELSE old.due_at END
              FROM (SELECT p.id, least(c.delivered_at, c.ready_for_pickup_at) AS came_at,
                           CASE WHEN least(c.delivered_at, c.ready_for_pickup_at) IS NULL
                                THEN coalesce(o.cancelled_at, o.deleted_at, c.cancelled_at) END AS off_at
                      FROM promises_promise p
                      JOIN tracking_parcel c ON c.id = p.subject_id
                      JOIN orders_order o ON o.id = p.order_id
                     WHERE p.order_id = ANY(%s) AND p.kind = 'new_date' ORDER BY p.id FOR UPDATE OF p) f
             WHERE f.id = old.id AND old.forgiven_at IS NULL
               AND (old.kept_at, old.withdrawn_at) IS DISTINCT FROM (f.came_at, f.off_at)
            RETURNING {", ".join(RETURNING)}
            """,
            [sorted(orders)],
        )
        return list(cursor.fetchall())


def follow_customers(customers: Collection[int]) -> None:
    """After a merge or its undoing: promises belong to whoever their order belongs to, or whom their row became."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE promises_promise p SET customer_id = o.customer_id
              FROM orders_order o
             WHERE o.id = p.order_id AND p.customer_id IS DISTINCT FROM o.customer_id
               AND (p.customer_id = ANY(%s) OR o.customer_id = ANY(%s))
            """,
            [sorted(customers)] * 2,
        )
        cursor.execute(
            """
            UPDATE promises_promise p SET customer_id = u.merged_into_id
              FROM customers_customer u
             WHERE u.id = p.customer_id AND p.order_id IS NULL AND u.merged_into_id IS NOT NULL AND u.id = ANY(%s)
            """,
            [sorted(customers)],
        )
