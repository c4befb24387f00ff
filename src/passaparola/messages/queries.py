"""Set-based questions, one statement for a whole batch."""

from collections.abc import Collection

from django.db import connection
from django.db.models import Count

from passaparola.orders.models import Line


def line_counts(orders: Collection[int]) -> dict[int, int]:
    """Return how many different things each order holds."""
    rows = Line.objects.filter(order__in=orders, quantity__gt=0).values("order_id").annotate(n=Count("pk"))
    return {row["order_id"]: row["n"] for row in rows}


def orders_with_similar_items(orders: Collection[int]) -> set[int]:
    """Return those of the orders for which there is something of the same category that they don't hold."""
    if not orders:
        return set()
    with connection.cursor() as cursor:
        # The reaction to 500 orders may not ask 500 times: one pass, ended by EXISTS at the first find.
        cursor.execute(
            """
            SELECT DISTINCT o.id
              FROM orders_order o JOIN orders_line l ON l.order_id = o.id
              JOIN products_product p ON p.store_id = o.store_id AND p.source = o.source
                                     AND p.external_id = l.product_external_id AND p.category <> ''
             WHERE o.id = ANY(%s) AND EXISTS (
                   SELECT 1 FROM products_product q
                    WHERE q.store_id = p.store_id AND q.category = p.category AND q.is_published
                      AND q.deleted_at IS NULL AND q.source = p.source AND q.page_url LIKE 'https://%%'
                      AND NOT EXISTS (SELECT 1 FROM orders_line b WHERE b.order_id = o.id
                                         AND b.product_external_id = q.external_id))
            """,
            [list(orders)],
        )
        return {row[0] for row in cursor.fetchall()}


def similar_products(orders: Collection[int]) -> dict[int, list[dict[str, str]]]:
    """Return up to three things of the same categories for each order, none of which it holds."""
    if not orders:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT o.id, q.title, q.page_url, q.image_url
              FROM orders_order o
              CROSS JOIN LATERAL (
                   SELECT DISTINCT q.id, q.title, q.page_url, q.image_url
                     FROM orders_line l
                     JOIN products_product p ON p.store_id = o.store_id AND p.source = o.source
                                            AND p.external_id = l.product_external_id AND p.category <> ''
                     JOIN products_product q ON q.store_id = p.store_id AND q.category = p.category
                                            AND q.is_published AND q.deleted_at IS NULL AND q.source = p.source
                    WHERE l.order_id = o.id AND q.page_url LIKE 'https://%%'
                      AND NOT EXISTS (SELECT 1 FROM orders_line b WHERE b.order_id = o.id
                                         AND b.product_external_id = q.external_id)
                    ORDER BY q.id DESC LIMIT 3) q
             WHERE o.id = ANY(%s)
            """,
            [list(orders)],
        )
        found: dict[int, list[dict[str, str]]] = {}
        for order, title, url, image in cursor.fetchall():
            shown = image if image.startswith("https://") else ""
            found.setdefault(order, []).append({"title": title, "url": url, "image": shown})
        return found
