"""The measure: the first page of a return without any framework: link, seven statements, one compiled template.

It judges nothing: it lists lines with what is left, as somebody would write it who knows the order may go back.
"""

import jinja2
from psycopg import Connection

from bench._bare_pages import Rows, serving

HEAD = """
SELECT o.*, s.name AS shop_name, s.slug, s.url FROM orders_order o JOIN stores_store s ON s.id = o.store_id
 WHERE o.id = %s AND o.deleted_at IS NULL"""
LINES = """
SELECT l.id, l.external_id, l.title, l.variant, l.quantity, l.total, l.tax, l.image_url, p.tags, p.category
  FROM orders_line l JOIN orders_order o ON o.id = l.order_id
  LEFT JOIN products_product p ON p.store_id = o.store_id AND p.source = o.source
       AND p.external_id = l.product_external_id
 WHERE l.order_id = %s ORDER BY l.position"""
REFUNDS = "SELECT amount, parts FROM orders_refund WHERE order_id = %s"
POLICIES = "SELECT * FROM returns_policy WHERE store_id = %s ORDER BY rank"
SETTINGS = "SELECT * FROM returns_settings WHERE store_id = %s"
RETURNS = "SELECT * FROM returns_return WHERE order_id = %s"
PARCELS = "SELECT delivered_at FROM tracking_parcel WHERE order_id = %s AND cancelled_at IS NULL"

TEMPLATE = jinja2.Environment(autoescape=True, trim_blocks=True).from_string(
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Send something back · {{ order.shop_name }}</title><link rel="stylesheet" href="/s/{{ order.slug }}/brand.css">
<link rel="stylesheet" href="/static/ui/customer.css"></head><body>
<header><div class="wide"><a class="name" href="{{ order.url }}">{{ order.shop_name }}</a></div></header>
<main id="main" class="wide"><article class="card"><p class="over">Order {{ order.number }}</p>
<h1>What would you like to send back?</h1><form class="stack" method="post"><ul class="items">
{% for line in lines %}<li><span class="blank"></span><label for="q-{{ line.id }}"><b>{{ line.title }}</b>
<small>{{ line.variant }}</small></label><select id="q-{{ line.id }}" name="q-{{ line.id }}">
{% for n in range(line.quantity + 1) %}<option>{{ n }}</option>{% endfor %}</select></li>{% endfor %}
</ul><button class="button primary">Continue</button></form></article></main></body></html>"""
)


def page(line: Connection[Rows], order: int) -> str:
    head = line.execute(HEAD, [order]).fetchone()
    assert head
    return TEMPLATE.render(
        order=head,
        lines=line.execute(LINES, [order]).fetchall(),
        refunds=line.execute(REFUNDS, [order]).fetchall(),
        policies=line.execute(POLICIES, [head["store_id"]]).fetchall(),
        settings=line.execute(SETTINGS, [head["store_id"]]).fetchall(),
        returns=line.execute(RETURNS, [order]).fetchall(),
        parcels=line.execute(PARCELS, [order]).fetchall(),
    )


application = serving(page, kept="no-store")
