"""Reading an order for its page, by hand-written SQL.

The page is a hot path: the ORM's model instances for an order with its lines, parcels and scans cost more
CPU than the whole page may. Five statements, each by an index, whatever the order holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from psycopg import Cursor

from passaparola.kernel.database.prepared import prepared_cursor

Row = Mapping[str, Any]
Stamp = tuple[Any, ...]

# Shop, person and products change without telling each order that shows them, so the page is also watched
# by the row versions that PostgreSQL keeps anyway (xmin). Those of products only ever grow: their sum
# changes with each of them. An erased person's pages are gone.
_STAMP = """o.page_version, o.xmin::text, s.xmin::text, coalesce(c.xmin::text, ''),
       (SELECT count(*) || '.' || coalesce(sum(p.xmin::text::bigint), 0)
          FROM orders_line l
          JOIN products_product p ON p.store_id = o.store_id AND p.source = o.source
               AND p.external_id = l.product_external_id
         WHERE l.order_id = o.id)"""
_STAMP_WIDTH = 5
_FROM = """
  FROM orders_order o
  JOIN stores_store s ON s.id = o.store_id
  LEFT JOIN customers_customer c ON c.id = o.customer_id
 WHERE o.id = %s AND o.placed_at IS NOT NULL AND o.deleted_at IS NULL AND c.erased_at IS NULL"""

_LOOK = f"SELECT {_STAMP} {_FROM}"
_HEAD = f"""SELECT {_STAMP},
       o.number, o.placed_at, o.currency, o.total, o.subtotal, o.shipping, o.tax, o.discount, o.payment_state,
       o.payment_method, o.paid_at, o.cancelled_at, o.language, o.email, o.discount_codes, o.shipping_method,
       o.shipping_address, s.id AS store_id, s.name AS shop_name, s.slug, s.url, s.email AS shop_email,
       s.phone AS shop_phone, s.postal_address, s.city AS shop_city, s.country AS shop_country,
       s.language AS shop_language, s.time_zone, s.brand_colour, s.brand_tint, s.brand_radius,
       s.brand_heading_face, s.signature, c.first_name, c.language AS customer_language,
       (SELECT f.first FROM tracking_firstpromise f WHERE f.order_id = o.id) AS promised_first,
       (SELECT f.last FROM tracking_firstpromise f WHERE f.order_id = o.id) AS promised_last {_FROM}"""

_LINES = """
SELECT l.external_id, l.title, l.variant, l.quantity, l.total, l.image_url, l.needs_shipping,
       p.image_url AS product_image, p.page_url, p.is_published, p.care_it, p.care_en
  FROM orders_line l
  JOIN orders_order o ON o.id = l.order_id
  LEFT JOIN products_product p ON p.store_id = o.store_id AND p.source = o.source AND p.deleted_at IS NULL
       AND p.external_id = l.product_external_id AND l.product_external_id <> ''
 WHERE l.order_id = %s
 ORDER BY l.position, l.id"""

_PARCELS = """
SELECT p.*, f.carrier AS shop_carrier, f.parts, t.carrier, t.carrier_words, t.needs_a_person, t.signed_by
  FROM tracking_parcel p
  LEFT JOIN orders_fulfilment f ON f.id = p.fulfilment_id
  LEFT JOIN tracking_tracker t ON t.id = p.tracker_id
 WHERE p.order_id = %s
 ORDER BY p.announced_at, p.id"""

# Two hundred are more than any parcel's honest way; a carrier gone mad must not make a page of a megabyte.
_SCANS = """
SELECT tracker_id, state, at, utc_offset, has_time, place, country, words, code
  FROM tracking_scan WHERE tracker_id = ANY(%s)
 ORDER BY at DESC, id DESC LIMIT 200"""

_REFUNDS = "SELECT made_at, amount FROM orders_refund WHERE order_id = %s ORDER BY made_at, id"


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows behind one page."""

    stamp: Stamp
    head: Row
    lines: Sequence[Row]
    parcels: Sequence[Row]
    scans: Sequence[Row]
    refunds: Sequence[Row]


def stamp(order: int) -> Stamp | None:
    """Return what a kept page must have been made under, or None where there is no page (any more)."""
    with prepared_cursor() as cursor:
        return cursor.execute(_LOOK, [order]).fetchone()


def rows(order: int) -> Rows | None:
    """Return what the page shows, or None where there is no page.

    The stamp comes with the first statement: what changes while the others run is noticed at the next look.
    """
    with prepared_cursor() as cursor:
        found = cursor.execute(_HEAD, [order]).fetchone()
        if found is None:
            return None
        head = dict(zip(_names(cursor), found, strict=True))
        parcels = _all(cursor, _PARCELS, order)
        trackers = sorted({row[name] for row in parcels for name in ("tracker_id", "news_id") if row[name]})
        return Rows(
            stamp=found[:_STAMP_WIDTH],
            head=head,
            lines=_all(cursor, _LINES, order),
            parcels=parcels,
            scans=_all(cursor, _SCANS, trackers) if trackers else (),
            refunds=_all(cursor, _REFUNDS, order),
        )


def _names(cursor: Cursor[Any]) -> list[str]:
    return [column.name for column in cursor.description or ()]


def _all(cursor: Cursor[Any], sql: LiteralString, value: Any) -> list[dict[str, Any]]:
    found = cursor.execute(sql, [value]).fetchall()
    names = _names(cursor)
    return [dict(zip(names, row, strict=True)) for row in found]
