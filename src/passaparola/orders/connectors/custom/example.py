"""An ordinary order in our own format: for tests, demo and simulator."""

import json
from datetime import datetime, timedelta
from typing import Any

TOPIC = "order.updated"


def example(at: datetime) -> tuple[str, bytes]:
    """Return topic and body of a paid order that was sent in one parcel."""
    message = {"type": TOPIC, "timestamp": at.isoformat(), "data": {"orders": [order(at)]}}
    return TOPIC, json.dumps(message).encode()


def order(at: datetime) -> dict[str, Any]:
    address = {"name": "Giulia Bianchi", "line1": "Via Mazzini 12", "city": "Bologna", "country": "IT"}
    return {
        "id": "10240",
        "number": "BL-10240",
        "placed_at": at.isoformat(),
        "updated_at": (at + timedelta(minutes=5)).isoformat(),
        "currency": "EUR",
        "total": "54.90",
        "shipping": "6.90",
        "payment_state": "paid",
        "payment_method": "PayPal",
        "language": "it",
        "customer": {"id": "77", "email": "giulia@example.com", "first_name": "Giulia", "language": "it"},
        "shipping_address": address,
        "lines": [
            {"id": "1", "product_id": "88", "title": "Tazza Luna", "quantity": 2, "unit_price": "24.00"}
        ],
        "fulfilments": [
            {
                "id": "10240-1",
                "at": at.isoformat(),
                "carrier": "BRT",
                "numbers": ["1660001"],
                "parts": [{"line_id": "1", "quantity": 2}],
            }
        ],
    }
