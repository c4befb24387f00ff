"""The order export of Shopify's admin: one row a line, the order's own cells on its first row only."""

from collections.abc import Iterable, Iterator, Mapping

from passaparola.orders.connector import FileRow
from passaparola.orders.exports.columns import normal
from passaparola.orders.exports.orders import read_orders

_OURS = {
    "Id": "id",
    "Name": "number",
    "Email": "email",
    "Phone": "phone",
    "Financial Status": "payment_state",
    "Fulfillment Status": "shipping_state",
    "Paid at": "paid_at",
    "Fulfilled at": "shipped_at",
    "Cancelled at": "cancelled_at",
    "Created at": "placed_at",
    "Accepts Marketing": "accepts_marketing",
    "Currency": "currency",
    "Subtotal": "subtotal",
    "Shipping": "shipping",
    "Taxes": "tax",
    "Total": "total",
    "Discount Code": "discount_code",
    "Discount Amount": "discount",
    "Refunded Amount": "refunded",
    "Shipping Method": "shipping_method",
    "Payment Method": "payment_method",
    "Notes": "note",
    "Lineitem quantity": "quantity",
    "Lineitem name": "title",
    "Lineitem price": "unit_price",
    "Lineitem sku": "sku",
    "Lineitem requires shipping": "needs_shipping",
    "Lineitem discount": "line_discount",
}
_ADDRESS = {
    "Name": "name",
    "Company": "company",
    "Address1": "line1",
    "Address2": "line2",
    "City": "city",
    "Zip": "postcode",
    "Province": "province",
    "Country": "country",
    "Phone": "phone",
}
WORDS: Mapping[str, str] = {
    **{normal(heading): field for heading, field in _OURS.items()},
    **{
        normal(f"{side} {heading}"): f"{side.lower()}_{field}"
        for side in ("Shipping", "Billing")
        for heading, field in _ADDRESS.items()
    },
}
"""Only Shopify's own headings, so that nothing is guessed where the format is known."""


def read_orders_csv(lines: Iterable[str], mapping: Mapping[str, str]) -> Iterator[FileRow]:
    return read_orders(lines, mapping, WORDS)
