"""The keys of web push: the shop's own pair (VAPID, RFC 8292), and the two that each browser gives."""

import base64
import binascii
from functools import lru_cache
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from passaparola.messages.channel import UnsendableError

_POINT, _AUTH = 65, 16
"""Bytes of a point on P-256, uncompressed, and of the secret that a browser shares."""


def new_private_key() -> str:
    """Return a fresh private key: 32 bytes in base64url, as py-vapid reads them."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return spelt(number.to_bytes(32, "big"))


@lru_cache(maxsize=500)
def public_key(private: str) -> str:
    """Return the public half, as browsers take it (`applicationServerKey`); empty where the key is none."""
    try:
        number = int.from_bytes(read(private), "big")
        key = ec.derive_private_key(number, ec.SECP256R1())
    except (ValueError, UnsupportedAlgorithm):
        return ""
    point = key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return spelt(point)


def is_browsers(p256dh: str, auth: str) -> bool:
    """Tell whether these are the keys of a browser: a point on the curve and a secret of 16 bytes."""
    try:
        point, secret = read(p256dh), read(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, UnsupportedAlgorithm):
        return False
    return len(point) == _POINT and len(secret) == _AUTH


def read(text: str) -> bytes:
    """Read base64url without padding. ValueError where it is none."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error


def spelt(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def encrypted(words: bytes, *, p256dh: str, auth: str) -> bytes:
    """Encrypt for one browser alone (RFC 8291, `aes128gcm`): what carries it can't read it."""
    import http_ece

    once: Any = ec.generate_private_key(ec.SECP256R1())
    sealed: bytes = http_ece.encrypt(
        words, private_key=once, dh=read(p256dh), auth_secret=read(auth), version="aes128gcm"
    )
    return sealed


@lru_cache(maxsize=2_000)
def authorization(private: str, audience: str, contact: str, expires: int) -> str:
    """Return the header that says who sends: a signed word, good for one push service until `expires`.

    A signature costs as much as the whole encryption: the same word serves for all letters of an hour.
    """
    from py_vapid import Vapid02, VapidException

    claims = {"aud": audience, "exp": expires, "sub": contact}
    own = Vapid02.from_raw(private.encode())
    own.conf["no-strict"] = True  # it takes no shop's address at a host of its own network
    try:
        signed: dict[str, str] = own.sign(claims)
    except VapidException:
        raise UnsendableError("This browser's address is none that a push service has") from None
    return signed["Authorization"]
