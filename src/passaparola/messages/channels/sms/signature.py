"""Twilio's signature, as “Webhooks Security” in its documentation describes it.

HMAC-SHA1, under the account's auth token, of the whole address and of the posted fields, sorted by name, name
and value one behind the other; in Base64. A body in JSON is signed by its SHA-256 in the address instead.
Twilio signs the address sometimes with the port and sometimes without it: both are tried.
"""

import hmac
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import parse_qs, parse_qsl, urlsplit, urlunsplit

HEADER = "x-twilio-signature"
MOST_FIELDS = 200
_PORTS = {"https": 443, "http": 80}
_BODY = "bodySHA256"


def sign(url: str, fields: Sequence[tuple[str, str]], secret: str) -> str:
    """Return the signature of a form. A field that comes twice counts once for each of its values, sorted."""
    told = url + "".join(f"{name}{value}" for name, value in sorted(set(fields)))
    return b64encode(hmac.new(secret.encode(), told.encode(), "sha1").digest()).decode()


def is_valid(url: str, body: bytes, given: str, secret: str) -> bool:
    """Tell whether the signature fits the address and the body."""
    by_digest = parse_qs(urlsplit(url).query, max_num_fields=MOST_FIELDS).get(_BODY)
    if by_digest:
        if not hmac.compare_digest(sha256(body).hexdigest(), by_digest[0].lower()):
            return False
        fields: list[tuple[str, str]] = []
    else:
        try:
            text = body.decode()
            fields = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            return False
    told = given.encode(errors="replace")
    fits = [hmac.compare_digest(told, sign(one, fields, secret).encode()) for one in _spellings(url)]
    return any(fits)


def _spellings(url: str) -> tuple[str, str]:
    """Return the address with its port and without it."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    bare = host if host.endswith("]") else host.partition(":")[0] if host.count(":") <= 1 else host
    try:
        port = parts.port or _PORTS.get(parts.scheme, 443)
    except ValueError:
        return url, url
    without = urlunsplit(parts._replace(netloc=bare))
    return without, urlunsplit(parts._replace(netloc=f"{bare}:{port}"))
