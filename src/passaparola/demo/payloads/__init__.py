"""What the world's happenings look like when Shopify, WooCommerce and the carriers' services tell them.

Each module writes one provider's documented format, from an order as far as it has been told. Signing is
the kind's own business (`connectors/<kind>/signature.py`), so that both sides can't drift apart.
"""
