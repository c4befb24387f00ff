"""An ordinary WooCommerce order, written by hand after the documented format: for tests, demo, simulator."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

TOPIC = "order.updated"
SHOP_IS_AHEAD = timedelta(hours=1)
"""The shop's clock shows Italian winter time."""


def example(at: datetime) -> tuple[str, bytes]:
    """Return topic and body of a paid order that was sent in one parcel."""
    return TOPIC, json.dumps(order(at)).encode()


def times(name: str, at: datetime) -> dict[str, str]:
    """Return the pair in which WooCommerce tells each time: the shop's clock, and UTC; neither says so."""
    in_utc = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return {name: (in_utc + SHOP_IS_AHEAD).isoformat(), f"{name}_gmt": in_utc.isoformat()}


def order(at: datetime) -> dict[str, Any]:
    return {
        "id": 4711,
        "parent_id": 0,
        "number": "BL-4711",
        "status": "processing",
        "currency": "EUR",
        "version": "9.8.1",
        "prices_include_tax": True,
        **times("date_created", at),
        **times("date_modified", at + timedelta(minutes=5)),
        **times("date_paid", at + timedelta(minutes=1)),
        "date_completed": None,
        "date_completed_gmt": None,
        "discount_total": "4.10",
        "discount_tax": "0.90",
        "shipping_total": "5.66",
        "shipping_tax": "1.24",
        "cart_tax": "15.15",
        "total": "90.90",
        "total_tax": "16.39",
        "customer_id": 25,
        "customer_note": "Lasciare al bar sotto casa",
        "billing": address() | {"email": "giulia@example.com", "phone": "333 1234567"},
        "shipping": address() | {"phone": ""},
        "payment_method": "stripe",
        "payment_method_title": "Carta di credito",
        "transaction_id": "pi_1",
        "line_items": [
            line(
                11, "Tazza Luna &ndash; Blu", quantity=2, subtotal=("39.34", "8.66"), total=("35.24", "7.76")
            ),
            line(12, "Vaso Alba", quantity=1, subtotal=("33.61", "7.39"), total=("33.61", "7.39")),
        ],
        "tax_lines": [{"id": 20, "label": "IVA 22%", "tax_total": "15.15", "shipping_tax_total": "1.24"}],
        "shipping_lines": [
            {
                "id": 21,
                "method_title": "Corriere espresso",
                "method_id": "flat_rate",
                "total": "5.66",
                "total_tax": "1.24",
            }
        ],
        "fee_lines": [],
        "coupon_lines": [{"id": 22, "code": "benvenuta", "discount": "4.10", "discount_tax": "0.90"}],
        "refunds": [],
        "meta_data": [
            {"id": 31, "key": "wpml_language", "value": "it"},
            {"id": 32, "key": "_wc_shipment_tracking_items", "value": [parcel(at + timedelta(days=1))]},
        ],
    }


def address() -> dict[str, Any]:
    return {
        "first_name": "Giulia",
        "last_name": "Bianchi",
        "company": "",
        "address_1": "Via Mazzini 12",
        "address_2": "",
        "city": "Bologna",
        "state": "BO",
        "postcode": "40121",
        "country": "IT",
    }


def line(
    own_id: int, name: str, *, quantity: int, subtotal: tuple[str, str], total: tuple[str, str]
) -> dict[str, Any]:
    """`subtotal` and `total` as WooCommerce keeps them: without tax, and the tax."""
    return {
        "id": own_id,
        "name": name,
        "product_id": own_id + 80,
        "variation_id": 0,
        "quantity": quantity,
        "subtotal": subtotal[0],
        "subtotal_tax": subtotal[1],
        "total": total[0],
        "total_tax": total[1],
        "sku": f"BL-{own_id}",
        "price": 17.62,
        "image": {"id": "5", "src": f"https://bottegaluna.example/{own_id}.jpg"},
        "meta_data": [],
    }


def parcel(at: datetime) -> dict[str, Any]:
    return {
        "tracking_provider": "",
        "custom_tracking_provider": "BRT",
        "custom_tracking_link": "https://vas.brt.it/vas/sped_det_show.hsm?chisono=1660001",
        "tracking_number": "1660001",
        "date_shipped": str(int(at.timestamp())),
        "tracking_id": "9d2e",
    }
