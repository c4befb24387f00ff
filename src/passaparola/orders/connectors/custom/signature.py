"""Standard Webhooks, symmetric: `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`.

The `standardwebhooks` package says the same, but judges the age by the wall clock; here a delivery is
judged by the moment it was received, so that the code stays pure. Tests hold the two against each other.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hmac import compare_digest, digest

PREFIX = "whsec_"
TOLERANCE = timedelta(minutes=5)
MOST_SIGNATURES = 20
"""Two are enough to change a secret without a gap; the rest is somebody trying."""


def signature(message_id: str, timestamp: str, body: bytes, key: bytes) -> str:
    signed = b".".join((message_id.encode(errors="replace"), timestamp.encode(errors="replace"), body))
    return "v1," + b64encode(digest(key, signed, "sha256")).decode()


def key_of(secret: str) -> bytes:
    """Return the key inside `whsec_…`; empty where the secret is none."""
    try:
        return b64decode(secret.removeprefix(PREFIX) + "==")
    except (binascii.Error, ValueError):
        return b""


def is_signed(headers: Mapping[str, str], body: bytes, secret: str, received_at: datetime) -> bool:
    timestamp, key = headers.get("webhook-timestamp", ""), key_of(secret)
    if not key or not _is_fresh(timestamp, received_at):
        return False
    expected = signature(headers.get("webhook-id", ""), timestamp, body, key).encode()
    given = headers.get("webhook-signature", "").split()[:MOST_SIGNATURES]
    matches = [compare_digest(expected, one.encode(errors="replace")) for one in given]
    return any(matches)


def _is_fresh(timestamp: str, received_at: datetime) -> bool:
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 11):  # noqa: PLR2004 - to the year 5138
        return False
    return abs(received_at - datetime.fromtimestamp(int(timestamp), UTC)) <= TOLERANCE


def sign(body: bytes, secret: str, *, topic: str, delivery: str, at: datetime) -> dict[str, str]:
    """Return all headers with which a shop would post this body; the topic stands in the body."""
    del topic
    timestamp = str(int(at.timestamp()))
    return {
        "Content-Type": "application/json",
        "webhook-id": delivery,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(delivery, timestamp, body, key_of(secret)),
    }
