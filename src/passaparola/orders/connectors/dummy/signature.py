"""How the dummy signs: hex of HMAC-SHA256 over the raw body."""

from datetime import datetime
from hmac import digest

HEADER = "X-Dummy-Signature"


def signature(body: bytes, secret: str) -> str:
    return digest(secret.encode(), body, "sha256").hex()


def sign(body: bytes, secret: str, *, topic: str, delivery: str, at: datetime) -> dict[str, str]:
    """Return all headers with which the dummy would post this body."""
    return {
        "Content-Type": "application/json",
        HEADER: signature(body, secret),
        "X-Dummy-Topic": topic,
        "X-Dummy-Delivery": delivery,
        "X-Dummy-At": at.isoformat(),
    }
