"""An ordinary Shopify order, written by hand after the documented format: for tests, demo and simulator."""

import json
from datetime import datetime
from typing import Any

TOPIC = "orders/updated"


def example(at: datetime) -> tuple[str, bytes]:
    """Return topic and body of a paid order, one of its two lines sent."""
    return TOPIC, json.dumps(order(at)).encode()


def money(amount: str) -> dict[str, Any]:
    """Both currencies, the same here: a shop that sells in euro only."""
    pair = {"amount": amount, "currency_code": "EUR"}
    return {"shop_money": pair, "presentment_money": dict(pair)}


def order(at: datetime) -> dict[str, Any]:
    when = at.isoformat()
    return {
        "id": 5512340001,
        "admin_graphql_api_id": "gid://shopify/Order/5512340001",
        "name": "#BL-10240",
        "order_number": 10240,
        "number": 9240,
        "created_at": when,
        "processed_at": when,
        "updated_at": when,
        "cancelled_at": None,
        "cancel_reason": None,
        "closed_at": None,
        "currency": "EUR",
        "presentment_currency": "EUR",
        "financial_status": "paid",
        "fulfillment_status": "partial",
        "payment_gateway_names": ["shopify_payments"],
        "payment_details": {"credit_card_company": "Visa", "credit_card_number": "•••• •••• •••• 4242"},
        "email": "giulia@example.com",
        "contact_email": "giulia@example.com",
        "phone": None,
        "customer_locale": "it-IT",
        "buyer_accepts_marketing": True,
        "test": False,
        "note": "Citofono: Bianchi",
        "note_attributes": [],
        "tags": "",
        "taxes_included": True,
        "subtotal_price": "81.00",
        "subtotal_price_set": money("81.00"),
        "current_subtotal_price": "81.00",
        "total_price": "87.90",
        "total_price_set": money("87.90"),
        "current_total_price": "87.90",
        "total_tax": "15.85",
        "total_tax_set": money("15.85"),
        "current_total_tax": "15.85",
        "total_discounts": "9.00",
        "total_discounts_set": money("9.00"),
        "current_total_discounts": "9.00",
        "total_shipping_price_set": money("6.90"),
        "discount_codes": [{"code": "BENVENUTA10", "amount": "9.00", "type": "percentage"}],
        "discount_applications": [
            {"type": "discount_code", "code": "BENVENUTA10", "value": "10.0", "value_type": "percentage"}
        ],
        "customer": customer(when),
        "billing_address": address(),
        "shipping_address": address(),
        "line_items": [
            line(901, "Tazza Luna", "Blu notte", "24.00", quantity=2, discount="4.80", tax="7.79"),
            line(902, "Vaso Alba", None, "42.00", quantity=1, discount="4.20", tax="6.82"),
        ],
        "shipping_lines": [
            {
                "id": 801,
                "title": "Corriere espresso",
                "code": "express",
                "price": "6.90",
                "price_set": money("6.90"),
                "discounted_price": "6.90",
                "discounted_price_set": money("6.90"),
                "discount_allocations": [],
                "tax_lines": [{"title": "IVA", "rate": 0.22, "price": "1.24", "price_set": money("1.24")}],
                "is_removed": False,
            }
        ],
        "fulfillments": [fulfilment(when)],
        "refunds": [],
    }


def customer(when: str) -> dict[str, Any]:
    return {
        "id": 7001,
        "email": "giulia@example.com",
        "created_at": when,
        "updated_at": when,
        "first_name": "Giulia",
        "last_name": "Bianchi",
        "state": "enabled",
        "verified_email": True,
        "phone": "+393331234567",
        "tags": "ceramica, newsletter",
        "email_marketing_consent": {
            "state": "subscribed",
            "opt_in_level": "confirmed_opt_in",
            "consent_updated_at": when,
        },
        "sms_marketing_consent": None,
        "default_address": address() | {"id": 31, "customer_id": 7001, "default": True},
    }


def address() -> dict[str, Any]:
    return {
        "first_name": "Giulia",
        "last_name": "Bianchi",
        "name": "Giulia Bianchi",
        "company": None,
        "address1": "Via Mazzini 12",
        "address2": "Interno 3",
        "city": "Bologna",
        "zip": "40121",
        "province": "Bologna",
        "province_code": "BO",
        "country": "Italy",
        "country_code": "IT",
        "phone": "+39333 123 4567",
    }


def line(
    own_id: int, title: str, variant: str | None, price: str, *, quantity: int, discount: str, tax: str
) -> dict[str, Any]:
    return {
        "id": own_id,
        "product_id": own_id + 100,
        "variant_id": own_id + 200,
        "title": title,
        "variant_title": variant,
        "name": f"{title} - {variant}" if variant else title,
        "sku": f"BL-{own_id}",
        "quantity": quantity,
        "current_quantity": quantity,
        "fulfillable_quantity": quantity,
        "requires_shipping": True,
        "gift_card": False,
        "price": price,
        "price_set": money(price),
        "total_discount": "0.00",
        "total_discount_set": money("0.00"),
        "discount_allocations": [
            {"amount": discount, "amount_set": money(discount), "discount_application_index": 0}
        ],
        "tax_lines": [{"title": "IVA", "rate": 0.22, "price": tax, "price_set": money(tax)}],
    }


def fulfilment(when: str) -> dict[str, Any]:
    return {
        "id": 6001,
        "order_id": 5512340001,
        "name": "#BL-10240.1",
        "status": "success",
        "service": "manual",
        "created_at": when,
        "updated_at": when,
        "shipment_status": None,
        "tracking_company": "BRT",
        "tracking_number": "166012345678901",
        "tracking_numbers": ["166012345678901"],
        "tracking_url": "https://vas.brt.it/vas/sped_det_show.hsm?chisono=166012345678901",
        "tracking_urls": ["https://vas.brt.it/vas/sped_det_show.hsm?chisono=166012345678901"],
        "line_items": [{"id": 901, "quantity": 2, "title": "Tazza Luna"}],
    }


def refund(when: str) -> dict[str, Any]:
    """One of the two cups came back broken."""
    return {
        "id": 4001,
        "order_id": 5512340001,
        "created_at": when,
        "processed_at": when,
        "note": "Arrivata rotta",
        "restock": False,
        "refund_line_items": [
            {
                "id": 41,
                "line_item_id": 901,
                "quantity": 1,
                "restock_type": "no_restock",
                "subtotal": 21.6,
                "subtotal_set": money("21.60"),
                "total_tax": 3.9,
                "total_tax_set": money("3.90"),
            }
        ],
        "transactions": [
            {"id": 1, "kind": "refund", "status": "success", "amount": "21.60", "currency": "EUR"},
            {"id": 2, "kind": "refund", "status": "failure", "amount": "21.60", "currency": "EUR"},
        ],
        "order_adjustments": [],
    }
