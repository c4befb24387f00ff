"""WooCommerce's webhooks (REST API v3), with parcels as the Advanced Shipment Tracking plugin keeps them.

WooCommerce tells amounts without tax and the tax beside them; times come in the shop's clock and in UTC,
both without saying so.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from passaparola.demo.payloads.letter import Letter, letter
from passaparola.demo.world import pictures
from passaparola.demo.world.days import ROME
from passaparola.demo.world.goods import GLAZES, Product
from passaparola.demo.world.order import ZERO, Item, Order, Parcel
from passaparola.demo.world.people import Person
from passaparola.demo.world.places import Address

KIND = "woocommerce"
Json = dict[str, Any]
_METHODS = {
    "card": ("stripe", "Carta di credito"),
    "apple": ("stripe", "Apple Pay"),
    "paypal": ("ppcp-gateway", "PayPal"),
    "klarna": ("klarna_payments", "Klarna"),
    "transfer": ("bacs", "Bonifico bancario"),
}


def told(order: Order, what: str, base: str) -> tuple[Letter, ...]:
    """Return the webhook that WooCommerce posts when this has happened: always the whole order."""
    topic = "order.created" if what == "placed" else "order.updated"
    return (letter(KIND, topic, order_of(order, base), dict(order.times())[what]),)


def order_of(order: Order, base: str) -> Json:
    method, method_title = _METHODS[order.payment]
    lines = [_line(order, item, base) for item in order.items]
    shipping_tax = order.tax_in(order.shipping)
    cart_tax = sum((Decimal(line["total_tax"]) for line in lines), ZERO)
    discount_tax = order.tax_in(order.discount)
    is_complete = _is_complete(order)
    completed_at = max((p.packed_at for p in order.parcels), default=None) if is_complete else None
    return {
        "id": order.id,
        "parent_id": 0,
        "number": order.number,
        "order_key": f"wc_order_{order.id:x}",
        "created_via": "checkout",
        "version": "9.3.3",
        "status": _status(order),
        "currency": "EUR",
        **_times("date_created", order.placed_at),
        **_times("date_modified", order.last_at),
        **_times("date_paid", order.paid_at),
        **_times("date_completed", completed_at),
        "prices_include_tax": order.taxed,
        "discount_total": _amount(order.discount - discount_tax),
        "discount_tax": _amount(discount_tax),
        "shipping_total": _amount(order.shipping - shipping_tax),
        "shipping_tax": _amount(shipping_tax),
        "cart_tax": _amount(cart_tax),
        "total": _amount(order.total),
        "total_tax": _amount(cart_tax + shipping_tax),
        "customer_id": order.person.id if order.person.has_account else 0,
        "customer_note": order.note,
        "billing": _address(order.person.home, order.person) | {"email": order.person.email},
        "shipping": _address(order.to, order.person),
        "payment_method": method,
        "payment_method_title": method_title,
        "transaction_id": f"ch_{order.id:x}" if order.paid_at else "",
        "meta_data": _meta(order),
        "line_items": lines,
        "tax_lines": [],
        "shipping_lines": [
            {
                "id": order.id * 10 + 7,
                "method_title": order.shipping_method,
                "method_id": "flat_rate",
                "total": _amount(order.shipping - shipping_tax),
                "total_tax": _amount(shipping_tax),
            }
        ],
        "fee_lines": [],
        "coupon_lines": [
            {
                "id": order.id * 10 + 6,
                "code": order.coupon.lower(),
                "discount": _amount(order.discount - discount_tax),
            }
        ]
        if order.coupon
        else [],
        "refunds": [
            {"id": refund.id, "reason": refund.reason, "total": _amount(-refund.amount)}
            for refund in order.refunds
        ],
    }


def product_of(product: Product, at: datetime, base: str) -> Json:
    return {
        "id": product.id,
        "name": product.title,
        "slug": product.key,
        "permalink": f"https://bottegaluna.example/prodotto/{product.key}/",
        **_times("date_created", at),
        **_times("date_modified", at),
        "type": "variable",
        "status": "publish",
        "description": f"<p>{product.italian}</p>",
        "price": _amount(product.price),
        "categories": [{"id": 1, "name": product.category, "slug": product.category.lower()}],
        "attributes": [
            {
                "id": 1,
                "name": "Smalto",
                "slug": "pa_smalto",
                "variation": True,
                "options": [GLAZES[glaze].italian for glaze in product.glazes],
            }
        ],
        "tags": [{"id": n, "name": glaze, "slug": glaze} for n, glaze in enumerate(product.glazes)],
        "images": [
            {"id": n, "src": f"{base}{pictures.name(product, glaze)}", "name": glaze}
            for n, glaze in enumerate(product.glazes)
        ],
    }


def _line(order: Order, item: Item, base: str) -> Json:
    tax, before_tax = order.tax_in(item.total), order.tax_in(item.before)
    return {
        "id": item.id,
        "name": item.name(order.language),
        "product_id": item.product.id,
        "variation_id": item.product.id * 10 + item.product.glazes.index(item.glaze),
        "quantity": item.quantity,
        "tax_class": "",
        "subtotal": _amount(item.before - before_tax),
        "subtotal_tax": _amount(before_tax),
        "total": _amount(item.total - tax),
        "total_tax": _amount(tax),
        "sku": item.sku,
        "price": float((item.total - tax) / item.quantity),
        "image": {"id": 1, "src": f"{base}{pictures.name(item.product, item.glaze)}"},
        "meta_data": [
            {
                "id": item.id * 10,
                "key": "pa_smalto",
                "value": item.glaze,
                "display_key": "Smalto",
                "display_value": item.variant(order.language),
            }
        ],
    }


def _meta(order: Order) -> list[Json]:
    meta: list[Json] = [{"id": order.id * 100, "key": "wpml_language", "value": order.language}]
    if order.parcels:
        items = [_tracking_item(order, parcel) for parcel in order.parcels]
        meta.append({"id": order.id * 100 + 1, "key": "_wc_shipment_tracking_items", "value": items})
    return meta


def _tracking_item(order: Order, parcel: Parcel) -> Json:
    return {
        "tracking_id": f"{parcel.id:032x}",
        "tracking_provider": "",
        "custom_tracking_provider": parcel.carrier.name,
        "custom_tracking_link": parcel.carrier.page.format(number=parcel.number),
        "tracking_number": parcel.number,
        "date_shipped": str(int(parcel.packed_at.timestamp())),
        "products_list": [
            {
                "product": str(order.items[content.index].product.id),
                "item_id": str(order.items[content.index].id),
                "qty": str(content.quantity),
            }
            for content in parcel.contents
        ],
    }


def _status(order: Order) -> str:
    if order.cancelled_at:
        return "cancelled"
    if order.refunds and order.refunded >= order.total:
        return "refunded"
    if _is_complete(order):
        return "completed"
    if not order.paid_at:
        return "on-hold" if order.payment == "transfer" else "pending"
    return "processing"


def _is_complete(order: Order) -> bool:
    packed = {content.index for parcel in order.parcels for content in parcel.contents}
    return len(packed) == len(order.items)


def _address(address: Address, person: Person) -> Json:
    first, _, last = address.name.partition(" ")
    return {
        "first_name": first,
        "last_name": last,
        "company": "",
        "address_1": address.line1,
        "address_2": address.line2,
        "city": address.town.name,
        "state": address.town.province,
        "postcode": address.town.postcode,
        "country": address.town.country,
        "phone": person.home.phone,
    }


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _times(name: str, at: datetime | None) -> Json:
    if at is None:
        return {name: None, f"{name}_gmt": None}
    local, utc = (at.astimezone(zone).replace(tzinfo=None, microsecond=0).isoformat() for zone in (ROME, UTC))
    return {name: local, f"{name}_gmt": utc}
