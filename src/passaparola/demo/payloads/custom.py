"""Our own documented format: the till in the workshop speaks it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from passaparola.demo.payloads.letter import Letter, letter
from passaparola.demo.world import pictures
from passaparola.demo.world.goods import GLAZES, Product
from passaparola.demo.world.order import Content, Item, Order, Parcel, Refund
from passaparola.demo.world.places import Address

KIND = "custom"
Json = dict[str, Any]
_METHODS = {
    "card": "Visa •••• 4242",
    "apple": "Apple Pay",
    "paypal": "PayPal",
    "klarna": "Klarna",
    "transfer": "Bonifico",
}


def told(order: Order, what: str, base: str) -> tuple[Letter, ...]:
    at = dict(order.times())[what]
    return (letter(KIND, "order.updated", _message("order.updated", at, orders=[order_of(order, base)]), at),)


def products_told(products: tuple[Product, ...], at: datetime, base: str) -> Letter:
    listed = [product_of(product, at, base) for product in products]
    return letter(KIND, "product.updated", _message("product.updated", at, products=listed), at)


def _message(kind: str, at: datetime, **data: list[Json]) -> Json:
    return {"type": kind, "timestamp": _time(at), "data": data}


def order_of(order: Order, base: str) -> Json:
    return {
        "id": f"T-{order.id}",
        "number": order.number,
        "placed_at": _time(order.placed_at),
        "updated_at": _time(order.last_at),
        "currency": "EUR",
        "total": _amount(order.total),
        "subtotal": _amount(order.subtotal),
        "shipping": _amount(order.shipping),
        "tax": _amount(order.tax_in(order.total)),
        "discount": _amount(order.discount),
        "payment_state": _payment_state(order),
        "payment_method": _METHODS[order.payment],
        "paid_at": _time(order.paid_at),
        "cancelled_at": _time(order.cancelled_at),
        "cancel_reason": "Ripensamento" if order.cancelled_at else "",
        "language": order.language,
        "note": order.note,
        "discount_codes": [order.coupon] if order.coupon else [],
        "shipping_method": order.shipping_method,
        "customer": {
            "id": f"K-{order.person.id}" if order.person.has_account else "",
            "email": order.person.email,
            "phone": order.person.home.phone,
            "first_name": order.person.first_name,
            "last_name": order.person.last_name,
            "language": order.language,
            "country": order.person.country,
            "accepts_email_marketing": order.person.accepts_marketing,
        },
        "shipping_address": _address(order.to),
        "billing_address": _address(order.person.home),
        "lines": [_line(order, item, base) for item in order.items],
        "fulfilments": [_fulfilment(order, parcel) for parcel in order.parcels],
        "refunds": [_refund(order, refund) for refund in order.refunds],
    }


def product_of(product: Product, at: datetime, base: str) -> Json:
    return {
        "id": str(product.id),
        "title": product.title,
        "category": product.category,
        "tags": list(product.glazes),
        "variants": [GLAZES[glaze].italian for glaze in product.glazes],
        "image_url": f"{base}{pictures.name(product, product.glazes[0])}",
        "page_url": f"https://bottegaluna.example/prodotto/{product.key}/",
        "updated_at": _time(at),
    }


def _line(order: Order, item: Item, base: str) -> Json:
    return {
        "id": str(item.id),
        "product_id": str(item.product.id),
        "title": item.name(order.language),
        "variant": item.variant(order.language),
        "sku": item.sku,
        "image_url": f"{base}{pictures.name(item.product, item.glaze)}",
        "quantity": item.quantity,
        "unit_price": _amount(item.product.price),
        "discount": _amount(item.discount),
        "total": _amount(item.total),
        "tax": _amount(order.tax_in(item.total)),
    }


def _fulfilment(order: Order, parcel: Parcel) -> Json:
    return {
        "id": f"F-{parcel.id}",
        "at": _time(parcel.packed_at),
        "updated_at": _time(parcel.packed_at),
        "carrier": parcel.carrier.name,
        "service": parcel.carrier.service,
        "numbers": [parcel.number],
        "urls": [parcel.carrier.page.format(number=parcel.number)],
        "parts": _parts(order, parcel.contents),
    }


def _refund(order: Order, refund: Refund) -> Json:
    return {
        "id": f"R-{refund.id}",
        "at": _time(refund.at),
        "amount": _amount(refund.amount),
        "reason": refund.reason,
        "parts": _parts(order, refund.contents),
    }


def _parts(order: Order, contents: tuple[Content, ...]) -> list[Json]:
    return [{"line_id": str(order.items[c.index].id), "quantity": c.quantity} for c in contents]


def _address(address: Address) -> Json:
    return {
        "name": address.name,
        "line1": address.line1,
        "line2": address.line2,
        "city": address.town.name,
        "postcode": address.town.postcode,
        "province": address.town.province,
        "country": address.town.country,
        "phone": address.phone,
    }


def _payment_state(order: Order) -> str:
    if order.refunds:
        return "refunded" if order.refunded >= order.total else "partially_refunded"
    return "paid" if order.paid_at else "pending"


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _time(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None
