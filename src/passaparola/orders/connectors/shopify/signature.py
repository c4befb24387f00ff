"""How Shopify signs: base64 of HMAC-SHA256 over the raw body. Shared by verification, tests and simulator."""

from base64 import b64encode
from datetime import datetime
from hmac import digest

HEADER = "X-Shopify-Hmac-Sha256"


def signature(body: bytes, secret: str) -> str:
    return b64encode(digest(secret.encode(), body, "sha256")).decode()


def sign(body: bytes, secret: str, *, topic: str, delivery: str, at: datetime) -> dict[str, str]:
    """Return all headers with which Shopify would post this body; `delivery` names the event."""
    return {
        "Content-Type": "application/json",
        "X-Shopify-Topic": topic,
        HEADER: signature(body, secret),
        "X-Shopify-Shop-Domain": "bottega-luna.myshopify.com",
        "X-Shopify-API-Version": "2025-10",
        "X-Shopify-Webhook-Id": f"{delivery}-1",
        "X-Shopify-Event-Id": delivery,
        "X-Shopify-Triggered-At": at.isoformat(),
    }
