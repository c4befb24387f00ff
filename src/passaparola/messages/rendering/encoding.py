"""Quoted-printable in pieces: what is the same for everybody is encoded once, the rest spliced in.

Every piece begins at the start of a line and ends with a soft line break, so pieces can stand in any order
and no line grows too long.
"""

import re
from binascii import b2a_qp
from functools import lru_cache
from typing import Any

from markupsafe import escape

SOFT = b"=\r\n"
_SHORT = 72
_LONGEST = 76
_SAFE = re.compile(r"[!-<>-~](?:[ !-<>-~]*[!-<>-~])?")
"""Printable ASCII without the sign `=`, and no blank at either end."""
_BREAKS = re.compile(r"\r\n?")


def quoted(text: str) -> bytes:
    """Return one piece: quoted-printable with CRLF, ending with a soft line break."""
    if not text:
        return b""
    if len(text) <= _SHORT and _SAFE.fullmatch(text):
        return text.encode("ascii") + SOFT
    return _with_room(whole(text)) + SOFT


def _with_room(encoded: bytes) -> bytes:
    """Break the last line where the sign that ends it would be the 77th."""
    if len(encoded) - (encoded.rfind(b"\n") + 1) < _LONGEST:
        return encoded
    cut = len(encoded) - 3
    while b"=" in encoded[cut - 2 : cut]:  # never inside an encoded letter
        cut -= 1
    return encoded[:cut] + SOFT + encoded[cut:]


def whole(text: str) -> bytes:
    """Return text as quoted-printable with CRLF line ends. What can't be UTF-8 becomes a question mark."""
    if "\r" in text:
        text = _BREAKS.sub("\n", text)
    unix = text.encode("utf-8", "replace")
    return b2a_qp(unix, quotetabs=False, istext=True).replace(b"\n", b"\r\n")


def quoted_value(value: Any) -> bytes:
    """Return one piece for a value in HTML: escaped, unless it is marked as safe."""
    if type(value) is str:
        return _quoted_plain(value)
    return quoted(str(escape(_shown(value))))


@lru_cache(maxsize=20_000)
def _quoted_plain(text: str) -> bytes:
    """Labels, products, prices and days come again in mail after mail: encoded once, they cost nothing."""
    return quoted(str(escape(text)))


def html_value(value: Any) -> str:
    return str(escape(_shown(value)))


def text_value(value: Any) -> str:
    return value if type(value) is str else str(_shown(value))


def _shown(value: Any) -> Any:
    return ("false", "true")[value] if isinstance(value, bool) else value
