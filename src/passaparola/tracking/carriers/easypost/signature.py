"""EasyPost's signatures: HMAC-SHA256 in hexadecimal, over the body or, newer, over time, path and body.

The secret is normalised to NFKD, as its own libraries do. The newer signature holds its time, but a
delivery repeated later is recognised by its body and changes nothing: no time limit is needed.
"""

import hmac
import unicodedata
from hashlib import sha256

from passaparola.inbound.source import Posted

HEADER, NEWER_HEADER = "x-hmac-signature", "x-hmac-signature-v2"
TIME_HEADER, PATH_HEADER = "x-timestamp", "x-path"
_PREFIX = "hmac-sha256-hex="


def sign(body: bytes, secret: str) -> dict[str, str]:
    """Return the header that EasyPost would send with this body."""
    return {HEADER: _PREFIX + _digest(body, secret)}


def sign_newer(body: bytes, secret: str, *, time: str, path: str) -> dict[str, str]:
    """Return the headers of the newer signature."""
    signed = _PREFIX + _digest(_newer_message(body, time, path), secret)
    return {NEWER_HEADER: signed, TIME_HEADER: time, PATH_HEADER: path}


def is_valid(posted: Posted, secret: str) -> bool:
    """Tell whether either signature is right: who doesn't know the secret can make neither."""
    headers = posted.headers
    newer = _newer_message(posted.body, headers.get(TIME_HEADER, ""), headers.get(PATH_HEADER, ""))
    checks = [
        _matches(headers.get(HEADER, ""), _digest(posted.body, secret)),
        _matches(headers.get(NEWER_HEADER, ""), _digest(newer, secret)),
    ]
    return bool(secret) and any(checks)


def _newer_message(body: bytes, time: str, path: str) -> bytes:
    return f"{time}POST{path}".encode(errors="replace") + body


def _digest(message: bytes, secret: str) -> str:
    key = unicodedata.normalize("NFKD", secret).encode(errors="surrogatepass")
    return hmac.new(key, message, sha256).hexdigest()


def _matches(header: str, digest: str) -> bool:
    given = header.strip().lower().removeprefix(_PREFIX)
    return hmac.compare_digest(given.encode(errors="replace"), digest.encode())
