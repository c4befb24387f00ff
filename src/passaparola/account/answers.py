"""From a kept page to the answer to one request: status, headers, body. For both ways."""

from dataclasses import dataclass

from passaparola.account.kept import Kept

Headers = tuple[tuple[str, str], ...]

STRICT = (
    ("Cache-Control", "private, no-cache"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
)
"""On every page at a signed link: a browser may keep it but has to ask each time, so that what ends, ends
at once; and the link, which is the key, is told to nobody."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Headers
    body: bytes


def answer(kept: Kept, *, accepts: str, has: str, is_head: bool) -> Answer:
    """Answer with the page, or with 304 where the browser `has` it.

    `accepts` is Accept-Encoding, `has` If-None-Match, both as they came.
    """
    encoding = best_encoding(accepts)
    etag = f'"{kept.made.etag}{encoding and "-"}{encoding}"'
    common = (
        *STRICT,
        ("ETag", etag),
        ("Vary", "Accept-Encoding, Accept-Language"),
        ("Content-Language", kept.made.language),
    )
    if is_same(has, etag):
        return Answer(304, common, b"")
    body = kept.body(encoding)
    encoded = (("Content-Encoding", encoding),) if encoding else ()
    described = (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))))
    return Answer(200, (*common, *encoded, *described), b"" if is_head else body)


def best_encoding(accepts: str) -> str:
    """Return `br`, `gzip` or nothing. What is refused with `q=0` is not sent."""
    offered = {}
    for part in accepts.lower().split(","):
        name, _, weight = part.partition(";")
        offered[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((encoding for encoding in ("br", "gzip") if offered.get(encoding)), "")


def is_same(has: str, etag: str) -> bool:
    """Compare as RFC 9110 wants it for If-None-Match: weakly; a star fits everything."""
    return has.strip() == "*" or any(one.strip().removeprefix("W/") == etag for one in has.split(",") if one)
