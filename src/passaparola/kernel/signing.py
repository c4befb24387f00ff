"""Short signed tokens for links: they name one row, for one purpose, until one day.

Nothing is stored: whoever has the installation's secret key can check them, on any machine.
"""

import base64
import binascii
import hmac
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b

from django.conf import settings

_FIRST_DAY = date(2020, 1, 1)
_MAC = 12
"""Bytes: 96 bits can't be guessed, and the whole token stays at 24 letters."""
_DAY = 2


@lru_cache(maxsize=64)
def _key(secret_key: str, purpose: str) -> bytes:
    return blake2b(purpose.encode(), key=secret_key.encode()[:64], person=b"passaparolalink").digest()


def _mac(purpose: str, body: bytes) -> bytes:
    return blake2b(body, key=_key(settings.SECRET_KEY, purpose), digest_size=_MAC).digest()


def sign(purpose: str, pk: int, *, expires: date) -> str:
    """Return a token that names row `pk` for `purpose` only, valid through the day `expires`."""
    days = (expires - _FIRST_DAY).days
    body = days.to_bytes(_DAY, "big") + pk.to_bytes((pk.bit_length() + 7) // 8 or 1, "big")
    return _spell(_mac(purpose, body) + body)


def _spell(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(purpose: str, token: str, *, now: datetime) -> int | None:
    """Return the row the token names, or None where it is forged, for something else, or too old."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    mac, body = raw[:_MAC], raw[_MAC:]
    # Only one spelling counts: unused bits of the last letter could otherwise vary.
    if len(body) <= _DAY or _spell(raw) != token or not hmac.compare_digest(mac, _mac(purpose, body)):
        return None
    last_day = _FIRST_DAY + timedelta(days=int.from_bytes(body[:_DAY], "big"))
    return int.from_bytes(body[_DAY:], "big") if now.astimezone(UTC).date() <= last_day else None
