"""WooCommerce: its webhooks (REST API v1 to v3 and the legacy v3) and order exports of common plugins."""

from passaparola.orders.connectors.woocommerce.connector import WooCommerce

kind = WooCommerce()
