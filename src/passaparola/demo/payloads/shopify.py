"""Shopify's webhooks (Admin API 2025-10): orders, fulfillments, refunds, products.

Every amount comes twice, as a string and as `…_set` with the shop's and the customer's money, which are
the same here: Bottega Luna sells in euros only.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from passaparola.demo.payloads.letter import Letter, letter
from passaparola.demo.world import pictures
from passaparola.demo.world.goods import GLAZES, Product
from passaparola.demo.world.order import ZERO, Content, Item, Order, Parcel, Refund
from passaparola.demo.world.people import Person
from passaparola.demo.world.places import Address

KIND = "shopify"
Json = dict[str, Any]
_GATEWAYS = {
    "card": (
        "shopify_payments",
        {"credit_card_company": "Visa", "credit_card_number": "•••• •••• •••• 4242"},
    ),
    "apple": (
        "shopify_payments",
        {"credit_card_company": "Mastercard", "credit_card_number": "•••• •••• •••• 4444"},
    ),
    "paypal": ("paypal", None),
    "klarna": ("Klarna", None),
    "transfer": ("bank_deposit", None),
}


def told(order: Order, what: str) -> tuple[Letter, ...]:
    """Return the webhooks that Shopify posts when this has happened; `what` is a name of `Order.times`."""
    kind, _, index = what.partition(" ")
    at = dict(order.times())[what]
    if kind == "packed":
        parcel = order.parcels[int(index)]
        whole = len(_packed(order)) == len(order.items)
        topic = "orders/fulfilled" if whole else "orders/partially_fulfilled"
        return (
            letter(KIND, "fulfillments/create", fulfilment_of(order, parcel), at),
            letter(KIND, topic, order_of(order), at),
        )
    if kind == "refunded":
        refund = refund_of(order, order.refunds[int(index)])
        return letter(KIND, "refunds/create", refund, at), letter(KIND, "orders/updated", order_of(order), at)
    topic = {"placed": "orders/create", "paid": "orders/paid", "cancelled": "orders/cancelled"}[kind]
    return (letter(KIND, topic, order_of(order), at),)


def order_of(order: Order) -> Json:
    refunded = _refunded_pieces(order)
    gateway, card = _GATEWAYS[order.payment]
    tax = order.tax_in(order.total)
    return {
        "id": order.id,
        "admin_graphql_api_id": f"gid://shopify/Order/{order.id}",
        "name": f"#{order.number}",
        "order_number": int(order.number.removeprefix("BL-")),
        "created_at": _time(order.placed_at),
        "processed_at": _time(order.placed_at),
        "updated_at": _time(order.last_at),
        "cancelled_at": _time(order.cancelled_at),
        "cancel_reason": "customer" if order.cancelled_at else None,
        "closed_at": None,
        "test": False,
        "currency": "EUR",
        "presentment_currency": "EUR",
        "financial_status": _financial_status(order),
        "fulfillment_status": _fulfilment_status(order),
        "email": order.person.email,
        "contact_email": order.person.email,
        "phone": None,
        "customer_locale": _locale(order),
        "buyer_accepts_marketing": order.person.accepts_marketing,
        "note": order.note or None,
        "tags": "",
        "source_name": "web",
        "taxes_included": order.taxed,
        **_money("total_line_items_price", order.before),
        **_money("total_discounts", order.discount),
        **_money("subtotal_price", order.subtotal),
        **_money("total_tax", tax),
        **_money("total_price", order.total),
        **_money("current_total_price", max(ZERO, order.total - order.refunded)),
        "discount_codes": _codes(order),
        "discount_applications": [
            {
                "type": "discount_code",
                "code": order.coupon,
                "target_type": "line_item",
                "allocation_method": "across",
            }
        ]
        if order.coupon
        else [],
        "payment_gateway_names": [gateway],
        "payment_details": card,
        "customer": customer_of(order.person, order.placed_at) if order.person.has_account else None,
        "billing_address": _address(order.person.home, order.person),
        "shipping_address": _address(order.to, order.person),
        "shipping_lines": [
            {
                "id": order.id + 5,
                "code": order.shipping_method,
                "title": order.shipping_method,
                **_money("price", order.shipping),
                **_money("discounted_price", order.shipping),
                "discount_allocations": [],
                "is_removed": False,
            }
        ],
        "line_items": [_line(order, item, refunded.get(n, 0)) for n, item in enumerate(order.items)],
        "fulfillments": [fulfilment_of(order, parcel) for parcel in order.parcels],
        "refunds": [refund_of(order, refund) for refund in order.refunds],
    }


def fulfilment_of(order: Order, parcel: Parcel) -> Json:
    url = parcel.carrier.page.format(number=parcel.number)
    return {
        "id": parcel.id,
        "admin_graphql_api_id": f"gid://shopify/Fulfillment/{parcel.id}",
        "order_id": order.id,
        "name": f"#{order.number}.{order.parcels.index(parcel) + 1}",
        "status": "success",
        "shipment_status": None,
        "service": "manual",
        "created_at": _time(parcel.packed_at),
        "updated_at": _time(parcel.packed_at),
        "tracking_company": parcel.carrier.name,
        "tracking_number": parcel.number,
        "tracking_numbers": [parcel.number],
        "tracking_url": url,
        "tracking_urls": [url],
        "location_id": 48018001,
        "line_items": [
            _line(order, order.items[c.index], 0) | {"quantity": c.quantity} for c in parcel.contents
        ],
    }


def refund_of(order: Order, refund: Refund) -> Json:
    return {
        "id": refund.id,
        "order_id": order.id,
        "created_at": _time(refund.at),
        "processed_at": _time(refund.at),
        "note": refund.reason,
        "restock": bool(refund.contents),
        "refund_line_items": [_refunded_line(order, refund, content) for content in refund.contents],
        "transactions": [
            {
                "id": refund.id * 10,
                "order_id": order.id,
                "kind": "refund",
                "status": "success",
                "gateway": _GATEWAYS[order.payment][0],
                "currency": "EUR",
                "amount": f"{refund.amount:.2f}",
                "processed_at": _time(refund.at),
            }
        ],
        "order_adjustments": [],
    }


def _refunded_line(order: Order, refund: Refund, content: Content) -> Json:
    item = order.items[content.index]
    subtotal = item.total * content.quantity / item.quantity
    return {
        "id": refund.id * 10 + content.index,
        "line_item_id": item.id,
        "quantity": content.quantity,
        "restock_type": "cancel" if order.cancelled_at else "return",
        "subtotal": float(round(subtotal, 2)),
        **_set("subtotal", subtotal),
        "line_item": _line(order, item, 0),
    }


def customer_of(person: Person, since: datetime) -> Json:
    return {
        "id": person.id,
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "phone": None,
        "state": "enabled",
        "verified_email": True,
        "created_at": _time(since),
        "updated_at": _time(since),
        "currency": "EUR",
        "tags": "",
        "email_marketing_consent": {
            "state": "subscribed" if person.accepts_marketing else "not_subscribed",
            "opt_in_level": "single_opt_in",
            "consent_updated_at": _time(since) if person.accepts_marketing else None,
        },
        "default_address": _address(person.home, person) | {"customer_id": person.id, "default": True},
    }


def product_of(product: Product, at: datetime, base: str) -> Json:
    return {
        "id": product.id,
        "title": product.title,
        "handle": product.key,
        "body_html": f"<p>{product.italian}</p>",
        "vendor": "Bottega Luna",
        "product_type": product.category,
        "status": "active",
        "published_at": _time(at),
        "created_at": _time(at),
        "updated_at": _time(at),
        "tags": ", ".join(product.glazes),
        "variants": [
            {
                "id": product.id * 10 + n,
                "product_id": product.id,
                "title": GLAZES[glaze].italian,
                "sku": f"{product.key}-{glaze}".upper(),
                "price": f"{product.price:.2f}",
                "grams": product.grams,
            }
            for n, glaze in enumerate(product.glazes)
        ],
        "images": [
            {
                "id": product.id * 10 + n,
                "product_id": product.id,
                "src": f"{base}{pictures.name(product, glaze)}",
            }
            for n, glaze in enumerate(product.glazes)
        ],
    }


def _line(order: Order, item: Item, refunded: int) -> Json:
    title, variant = item.name(order.language), item.variant(order.language)
    tax = order.tax_in(item.total)
    return {
        "id": item.id,
        "product_id": item.product.id,
        "variant_id": item.product.id * 10 + item.product.glazes.index(item.glaze),
        "title": title,
        "variant_title": variant,
        "name": f"{title} - {variant}",
        "sku": item.sku,
        "vendor": "Bottega Luna",
        "quantity": item.quantity,
        "current_quantity": item.quantity - refunded,
        "fulfillable_quantity": 0,
        "grams": item.product.grams,
        "requires_shipping": True,
        "taxable": order.taxed,
        "gift_card": False,
        **_money("price", item.product.price),
        "total_discount": "0.00",
        "discount_allocations": [{**_money("amount", item.discount), "discount_application_index": 0}]
        if item.discount
        else [],
        "tax_lines": [{"title": "IVA", "rate": 0.22, **_money("price", tax)}] if order.taxed else [],
    }


def _address(address: Address, person: Person) -> Json:
    first, _, last = address.name.partition(" ")
    return {
        "first_name": first,
        "last_name": last,
        "name": address.name,
        "company": None,
        "address1": address.line1,
        "address2": address.line2 or None,
        "city": address.town.name,
        "zip": address.town.postcode,
        "province_code": address.town.province or None,
        "country_code": address.town.country,
        "phone": person.home.phone,
    }


def _financial_status(order: Order) -> str:
    if order.refunds:
        return "refunded" if order.refunded >= order.total else "partially_refunded"
    return "paid" if order.paid_at else "pending"


def _fulfilment_status(order: Order) -> str | None:
    if not order.parcels:
        return None
    return "fulfilled" if len(_packed(order)) == len(order.items) else "partial"


def _packed(order: Order) -> set[int]:
    return {content.index for parcel in order.parcels for content in parcel.contents}


def _refunded_pieces(order: Order) -> dict[int, int]:
    pieces: dict[int, int] = {}
    for refund in order.refunds:
        for content in refund.contents:
            pieces[content.index] = pieces.get(content.index, 0) + content.quantity
    return pieces


def _codes(order: Order) -> list[Json]:
    return (
        [{"code": order.coupon, "amount": f"{order.discount:.2f}", "type": "percentage"}]
        if order.coupon
        else []
    )


def _locale(order: Order) -> str:
    return "it-IT" if order.language == "it" else order.language


def _money(name: str, amount: Decimal) -> Json:
    return {name: f"{amount:.2f}"} | _set(name, amount)


def _set(name: str, amount: Decimal) -> Json:
    money = {"amount": f"{amount:.2f}", "currency_code": "EUR"}
    return {f"{name}_set": {"shop_money": money, "presentment_money": money}}


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
