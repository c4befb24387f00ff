"""How WooCommerce signs: base64 of HMAC-SHA256 over the raw body. Used to verify and to simulate."""

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from hmac import digest

HEADER = "X-WC-Webhook-Signature"


def signature(body: bytes, secret: str) -> str:
    return b64encode(digest(secret.encode(), body, "sha256")).decode()


def sign(body: bytes, secret: str, *, topic: str, delivery: str, at: datetime) -> dict[str, str]:
    """Return all headers with which WooCommerce would post this body.

    `delivery` names the webhook: like WooCommerce's own, the delivery id is a hash of it and the second.
    """
    resource, _, event = topic.partition(".")
    return {
        "Content-Type": "application/json",
        "X-WC-Webhook-Source": "https://bottegaluna.example/",
        "X-WC-Webhook-Topic": topic,
        "X-WC-Webhook-Resource": resource,
        "X-WC-Webhook-Event": event,
        HEADER: signature(body, secret),
        "X-WC-Webhook-ID": "1",
        "X-WC-Webhook-Delivery-ID": sha256(f"{delivery}{int(at.timestamp())}".encode()).hexdigest()[:32],
    }
