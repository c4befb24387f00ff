"""The dummy's signature: HMAC-SHA256 of the body, in hexadecimal."""

import hmac
from hashlib import sha256

from passaparola.inbound.source import Posted

HEADER = "x-dummy-signature"


def sign(body: bytes, secret: str) -> dict[str, str]:
    """Return the headers to send with this body."""
    return {HEADER: hmac.new(secret.encode(errors="surrogatepass"), body, sha256).hexdigest()}


def is_valid(posted: Posted, secret: str) -> bool:
    given = posted.headers.get(HEADER, "").strip().lower().encode(errors="replace")
    return bool(secret) and hmac.compare_digest(given, sign(posted.body, secret)[HEADER].encode())
