"""Any shop: our own JSON, signed after the Standard Webhooks specification, and CSV files of any make.

The format is described for shop owners in docs/howto/any-shop.md; a sender fits in under 100 lines.
"""

from passaparola.orders.connectors.custom.connector import Custom

kind = Custom()
