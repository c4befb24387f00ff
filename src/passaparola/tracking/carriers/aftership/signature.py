"""AfterShip's signature: base64 of HMAC-SHA256 over the body, under an older or a newer header name."""

import base64
import hmac
from hashlib import sha256

from passaparola.inbound.source import Posted

HEADERS = ("aftership-hmac-sha256", "as-signature-hmac-sha256")


def sign(body: bytes, secret: str) -> dict[str, str]:
    """Return the headers that AfterShip would send with this body."""
    digest = hmac.new(secret.encode(errors="surrogatepass"), body, sha256).digest()
    return {HEADERS[0]: base64.b64encode(digest).decode()}


def is_valid(posted: Posted, secret: str) -> bool:
    expected = sign(posted.body, secret)[HEADERS[0]].encode()
    given = [posted.headers.get(name, "").strip().encode(errors="replace") for name in HEADERS]
    matches = [hmac.compare_digest(expected, one) for one in given]
    return bool(secret) and any(matches)
