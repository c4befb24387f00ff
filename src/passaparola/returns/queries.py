"""Reading all that decides what of an order may go back, by one hand-written statement.

The first page of a return asked nine statements of the ORM: 12 ms of our CPU, three quarters of it in building
their text and the instances. As one prepared statement, whose lists come as JSON and are found by indexes, the
whole page takes a third (`bin/bench returns`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from passaparola.kernel.database.prepared import columns_of, prepared_cursor
from passaparola.orders.models import Line, Order
from passaparola.returns.models import Settings
from passaparola.returns.rules.policy import Policy, Resolution, Way

Row = Mapping[str, Any]
_SETTINGS = f"SELECT {columns_of(Settings, 's')} FROM returns_settings s WHERE s.store_id = o.store_id"
_LINES = """
SELECT l.id, l.external_id, l.position, l.product_external_id, l.title, l.variant, l.image_url, l.quantity,
       l.unit_price, l.total, l.tax, l.needs_shipping, p.tags, p.category, p.image_url AS product_image
  FROM orders_line l
  LEFT JOIN products_product p ON p.store_id = o.store_id AND p.source = o.source
       AND p.external_id = l.product_external_id AND l.product_external_id <> ''
 WHERE l.order_id = o.id ORDER BY l.position, l.id"""
_REFUNDS = "SELECT amount, parts FROM orders_refund WHERE order_id = o.id"
_FILED = """
SELECT amount, refund_id, exchanged_at, coalesce(refused_at, expired_at, cancelled_at) IS NOT NULL AS came_to_nothing
  FROM returns_return WHERE order_id = o.id"""
_POLICIES = "SELECT * FROM returns_policy WHERE store_id = o.store_id ORDER BY rank, id"
_PARCELS = """
SELECT p.delivered_at, f.parts FROM tracking_parcel p LEFT JOIN orders_fulfilment f ON f.id = p.fulfilment_id
 WHERE p.order_id = o.id AND p.cancelled_at IS NULL"""
_LISTS = (_SETTINGS, _LINES, _REFUNDS, _FILED, _POLICIES, _PARCELS)
_ALL = (
    "SELECT "
    + ", ".join(f"(SELECT json_agg(x)::text FROM ({sql}) x)" for sql in _LISTS)
    + " FROM orders_order o WHERE o.id = %s"
)


@dataclass(frozen=True, slots=True)
class Known:
    """The rows behind one order's returns. In `filed` and `parcels` times are times, amounts exact."""

    settings: Settings
    lines: Sequence[tuple[Line, Row]]
    """Each with its product's `tags`, `category` and `product_image`; None where nobody told of a product."""
    refunds: Sequence[Row]
    filed: Sequence[Row]
    policies: Sequence[Policy]
    parcels: Sequence[Row]


def known_of(order: Order) -> Known:
    with connection.wrap_database_errors, prepared_cursor() as cursor:
        found = cursor.execute(_ALL, [order.pk]).fetchone() or (None,) * len(_LISTS)
    settings, lines, refunds, filed, policies, parcels = (
        json.loads(text or "[]", parse_float=Decimal) for text in found
    )
    return Known(
        settings=Settings(**{**next(iter(settings), {}), "store_id": order.store_id}),
        lines=[(_line(order, row), row) for row in lines],
        refunds=refunds,
        filed=[row | {"exchanged_at": _time(row["exchanged_at"])} for row in filed],
        policies=[_rule(row) for row in policies],
        parcels=[row | {"delivered_at": _time(row["delivered_at"])} for row in parcels],
    )


def _line(order: Order, row: Row) -> Line:
    return Line(order=order, **{name: row[name] for name in _OF_LINE})


_OF_LINE = (
    *("id", "external_id", "position", "product_external_id", "title", "variant", "image_url", "quantity"),
    *("unit_price", "total", "tax", "needs_shipping"),
)


def _rule(row: Row) -> Policy:
    """A row of `returns_policy` as the rules judge by it."""
    return Policy(
        pk=row["id"],
        **{name: row[name] for name in _OF_POLICY},
        countries=frozenset(row["countries"]),
        products=frozenset(row["products"]),
        tags=frozenset(row["tags"]),
        resolutions=tuple(Resolution(key) for key in row["resolutions"]),
        ways=tuple(Way(key) for key in row["ways"]),
    )


_OF_POLICY = (
    *(
        "name",
        "price_from",
        "price_below",
        "days",
        "is_final_sale",
        "fee",
        "credit_bonus_percent",
        "keep_below",
    ),
    *("needs_a_person", "decide_days", "send_days", "refund_days", "words_en", "words_it"),
)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
