"""The measure: an order page without any framework, as somebody who knows psycopg and Jinja2 would write it.

The link is checked, five prepared statements by index over pooled connections, one compiled template with
everything escaped; nothing kept. It knows one language and one situation, so it does less than ours.
"""

from pathlib import Path

import jinja2
from psycopg import Connection

from bench._bare_pages import Rows, serving

HEAD = """
SELECT o.*, s.name AS shop_name, s.slug, s.url, s.email AS shop_email, s.postal_address, s.city AS shop_city,
       s.signature, c.first_name
  FROM orders_order o JOIN stores_store s ON s.id = o.store_id
  LEFT JOIN customers_customer c ON c.id = o.customer_id
 WHERE o.id = %s AND o.deleted_at IS NULL"""
LINES = """
SELECT l.title, l.variant, l.quantity, l.total, l.image_url, p.care_en
  FROM orders_line l JOIN orders_order o ON o.id = l.order_id
  LEFT JOIN products_product p ON p.store_id = o.store_id AND p.source = o.source
       AND p.external_id = l.product_external_id
 WHERE l.order_id = %s ORDER BY l.position"""
PARCELS = """
SELECT p.*, f.carrier, f.parts FROM tracking_parcel p LEFT JOIN orders_fulfilment f ON f.id = p.fulfilment_id
 WHERE p.order_id = %s ORDER BY p.announced_at"""
SCANS = "SELECT * FROM tracking_scan WHERE tracker_id = ANY(%s) ORDER BY at DESC"
REFUNDS = "SELECT made_at, amount FROM orders_refund WHERE order_id = %s"

TEMPLATE = jinja2.Environment(autoescape=True, trim_blocks=True).from_string(
    Path(__file__).with_name("_page_bare.html").read_text("utf-8")
)


def page(line: Connection[Rows], order: int) -> str:
    parcels = line.execute(PARCELS, [order]).fetchall()
    return TEMPLATE.render(
        order=line.execute(HEAD, [order]).fetchone(),
        lines=line.execute(LINES, [order]).fetchall(),
        parcels=parcels,
        scans=line.execute(SCANS, [[parcel["tracker_id"] for parcel in parcels]]).fetchall(),
        refunds=line.execute(REFUNDS, [order]).fetchall(),
    )


application = serving(page, kept="no-cache")
