"""Shopify: webhooks of the Admin API (2023 to 2026) and the order export of its admin.

One `orders/updated` is enough to know an order whole: it carries the fulfilments and refunds, and they
are translated with it. Amounts are in the currency the customer saw (see `money.py`).
"""

from passaparola.orders.connectors.shopify.connector import Shopify

kind = Shopify()
