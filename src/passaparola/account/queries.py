"""Reading an order for its page, by hand-written SQL.

The page is a hot path: the ORM's model instances for an order with its lines, parcels and scans cost more
CPU than the whole page may, and five statements twice as much as one. So it is a single one, whose lists
come as JSON, each found by an index; being one, it also sees everything at the same moment.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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
 WHERE o.placed_at IS NOT NULL AND o.deleted_at IS NULL AND c.erased_at IS NULL"""
_ONE = f"{_FROM} AND o.id = %s AND o.link_epoch = coalesce(%s::int, o.link_epoch)"
_SEVERAL = f"{_FROM} AND o.id = ANY(%s) ORDER BY o.placed_at DESC"

_LOOK = f"SELECT {_STAMP} {_ONE}"

_LINES = """
SELECT l.external_id, l.title, l.variant, l.quantity, l.total, l.image_url, l.needs_shipping,
       p.image_url AS product_image, p.page_url, p.is_published, p.care_it, p.care_en
  FROM orders_line l
  LEFT JOIN products_product p ON p.store_id = o.store_id AND p.source = o.source AND p.deleted_at IS NULL
       AND p.external_id = l.product_external_id AND l.product_external_id <> ''
 WHERE l.order_id = o.id
 ORDER BY l.position, l.id"""

_PARCELS = """
SELECT p.name, p.link, p.state, p.place, p.announced_at, p.picked_up_at, p.out_for_delivery_at,
       p.ready_for_pickup_at, p.delivered_at, p.cancelled_at, p.arrival_first, p.arrival_last, p.arrival_from,
       p.arrival_until, p.promised_first, p.promised_last, p.late_since, p.delay_cause, p.delay_confidence,
       p.delay_facts, p.arrival_source, p.fulfilment_id,
       p.tracker_id, p.news_id, f.carrier AS shop_carrier, f.parts, t.carrier, t.carrier_words,
       t.needs_a_person, t.signed_by
  FROM tracking_parcel p
  LEFT JOIN orders_fulfilment f ON f.id = p.fulfilment_id
  LEFT JOIN tracking_tracker t ON t.id = p.tracker_id
 WHERE p.order_id = o.id
 ORDER BY p.announced_at, p.id"""

# Two hundred are more than any parcel's honest way; a carrier gone mad must not make a page of a megabyte.
_SCANS = """
SELECT tracker_id, state, at, utc_offset, has_time, place, country, words, code
  FROM tracking_scan
 WHERE tracker_id IN (SELECT unnest(ARRAY[p.tracker_id, p.news_id]) FROM tracking_parcel p WHERE p.order_id = o.id)
 ORDER BY at DESC, id DESC LIMIT 200"""

# How often windows like the one shown were right: those told at the order, or those told at the handover, for all
# parcels to this country. A few rows a store and country, found by the constraint that keeps them apart.
_PROOFS = """
SELECT e.leg, e.coverage, e.measured_on
  FROM tracking_laneestimate e
 WHERE e.store_id = o.store_id AND e.leg IN ('ordered', 'transit') AND e.carrier = '' AND e.service = ''
   AND e.zone = '' AND e.country = coalesce(nullif(o.shipping_address ->> 'country', ''), s.country)"""

_REFUNDS = "SELECT made_at, amount FROM orders_refund WHERE order_id = o.id ORDER BY made_at, id"


def _listed(sql: str) -> str:
    return f"(SELECT json_agg(x)::text FROM ({sql}) x)"


_COLUMNS = f"""SELECT {_STAMP},
       o.number, o.placed_at, o.currency, o.total, o.subtotal, o.shipping, o.tax, o.discount, o.payment_state,
       o.payment_method, o.paid_at, o.cancelled_at, o.language, o.email, o.discount_codes, o.shipping_method,
       o.shipping_address, s.id AS store_id, s.name AS shop_name, s.slug, s.url, s.email AS shop_email,
       s.phone AS shop_phone, s.postal_address, s.city AS shop_city, s.country AS shop_country,
       s.language AS shop_language, s.time_zone, s.brand_colour, s.brand_tint, s.brand_radius,
       s.brand_heading_face, s.signature, c.first_name, c.language AS customer_language,
       (SELECT f.first FROM tracking_firstpromise f WHERE f.order_id = o.id) AS promised_first,
       (SELECT f.last FROM tracking_firstpromise f WHERE f.order_id = o.id) AS promised_last,
       EXISTS (SELECT FROM returns_return r WHERE r.order_id = o.id) AS has_returns,
       {_listed(_LINES)} AS lines, {_listed(_PARCELS)} AS parcels, {_listed(_SCANS)} AS scans,
       {_listed(_PROOFS)} AS proofs, {_listed(_REFUNDS)} AS refunds, o.id, o.link_epoch"""


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows behind one page. Those in lists come as JSON: amounts exact, times as text."""

    stamp: Stamp
    head: Row
    lines: Sequence[Row]
    parcels: Sequence[Row]
    scans: Sequence[Row]
    proofs: Sequence[Row]
    refunds: Sequence[Row]


def stamp(order: int, epoch: int) -> Stamp | None:
    """Return what a kept page must have been made under, or None where there is no page (any more)."""
    with prepared_cursor() as cursor:
        return cursor.execute(_LOOK, [order, epoch]).fetchone()


def rows(order: int, epoch: int | None = None) -> Rows | None:
    """Return what the page shows, or None where there is no page (any more, for links of that epoch)."""
    with prepared_cursor() as cursor:
        found = cursor.execute(f"{_COLUMNS} {_ONE}", [order, epoch]).fetchone()
        names = [column.name for column in cursor.description or ()]
    return _rows(names, found) if found else None


def several(orders: Sequence[int]) -> list[Rows]:
    """Return the same for several orders in one question, the newest first."""
    with prepared_cursor() as cursor:
        found = cursor.execute(f"{_COLUMNS} {_SEVERAL}", [list(orders)]).fetchall()
        names = [column.name for column in cursor.description or ()]
    return [_rows(names, row) for row in found]


def _rows(names: Sequence[str], found: tuple[Any, ...]) -> Rows:
    head = dict(zip(names, found, strict=True))
    lists = {name: json.loads(head.pop(name) or "[]", parse_float=Decimal) for name in _LISTS}
    return Rows(stamp=found[:_STAMP_WIDTH], head=head, **lists)


_LISTS = ("lines", "parcels", "scans", "proofs", "refunds")
