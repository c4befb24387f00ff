"""Signed Shopify orders by the thousand, after the documented format."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from passaparola.orders.connectors.shopify.signature import sign

TOWNS = (
    ("Milano", "20144", "IT"),
    ("Palermo", "90133", "IT"),
    ("London", "N1 9GU", "GB"),
    ("Lyon", "69002", "FR"),
)


def order(number: int, at: datetime, *, customers: int = 5_000) -> dict[str, Any]:
    """Return an `orders/create` payload of a size that is usual for a small order."""
    who = number % customers
    city, postcode, country = TOWNS[number % len(TOWNS)]
    address = {
        "first_name": f"Giulia{who}",
        "last_name": "Moretti",
        "name": f"Giulia{who} Moretti",
        "address1": f"via Tortona {who % 90 + 1}",
        "address2": None,
        "company": None,
        "city": city,
        "zip": postcode,
        "country_code": country,
        "province_code": None,
        "phone": None,
    }
    lines = [_line(number * 10 + i, i) for i in range(1, 3)]
    stamp = at.isoformat()
    return {
        "id": number,
        "name": f"#BL-{number}",
        "order_number": number,
        "email": f"giulia{who}@posta.example",
        "contact_email": f"giulia{who}@posta.example",
        "created_at": stamp,
        "processed_at": stamp,
        "updated_at": stamp,
        "currency": "EUR",
        "presentment_currency": "EUR",
        "total_price": "74.90",
        "subtotal_price": "68.00",
        "total_tax": "13.51",
        "total_discounts": "0.00",
        "taxes_included": True,
        "financial_status": "paid",
        "fulfillment_status": None,
        "payment_gateway_names": ["shopify_payments"],
        "customer_locale": "it-IT" if country == "IT" else "en",
        "cancelled_at": None,
        "test": False,
        "note": None,
        "tags": "",
        "customer": {
            "id": 10_000_000 + who,
            "email": f"giulia{who}@posta.example",
            "verified_email": True,
            "first_name": f"Giulia{who}",
            "last_name": "Moretti",
            "phone": None,
            "updated_at": stamp,
            "tags": "",
            "email_marketing_consent": {"state": "subscribed", "opt_in_level": "single_opt_in"},
        },
        "billing_address": address,
        "shipping_address": address,
        "shipping_lines": [{"id": number, "title": "Standard", "price": "6.90", "discounted_price": "6.90"}],
        "discount_codes": [],
        "line_items": lines,
        "fulfillments": [],
        "refunds": [],
    }


def _line(pk: int, which: int) -> dict[str, Any]:
    return {
        "id": pk,
        "product_id": 500 + which,
        "variant_id": 900 + which,
        "title": ("Piatto Luna", "Tazza Alba")[which % 2],
        "name": ("Piatto Luna", "Tazza Alba")[which % 2],
        "variant_title": "sage",
        "sku": f"BL-{which}",
        "quantity": which,
        "current_quantity": which,
        "price": "22.00",
        "total_discount": "0.00",
        "requires_shipping": True,
        "tax_lines": [{"price": "3.97", "rate": 0.22, "title": "IVA"}],
        "discount_allocations": [],
    }


def signed(number: int, secret: str, *, at: datetime | None = None) -> tuple[dict[str, str], bytes]:
    """Return headers and body of one order's webhook."""
    at = at or datetime.now(UTC) - timedelta(seconds=2)
    body = json.dumps(order(number, at.replace(microsecond=0))).encode()
    return sign(body, secret, topic="orders/create", delivery=f"event-{number}", at=at), body
