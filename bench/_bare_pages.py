"""What bare handlers of pages share: the signed link, a pool of lines, an answer of bytes."""

import os
from collections.abc import Callable, Iterable
from hashlib import blake2b
from hmac import compare_digest
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

KEY = os.environ.get("PASSAPAROLA_SECRET_KEY", "").encode()
POOL = ConnectionPool(
    os.environ.get("DATABASE_URL", ""),
    kwargs={"autocommit": True, "row_factory": dict_row, "prepare_threshold": 1},
    min_size=4,
    max_size=4,
    open=False,
)
Rows = dict[str, Any]


def serving(page: Callable[[Connection[Rows], int], str], *, kept: str) -> Callable[..., Iterable[bytes]]:
    """Return the WSGI application that shows `page(line, order)` at `/o/<number>-<mac>/…`."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        order = _order(environ["PATH_INFO"])
        body = b""
        if order:
            POOL.open()
            with POOL.connection() as line:
                body = page(line, order).encode()
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", f"private, {kept}"),
            ("Referrer-Policy", "no-referrer"),
        ]
        start_response("200 OK" if body else "404 Not Found", headers)
        return [body]

    return application


def _order(path: str) -> int:
    number, _, mac = path.removeprefix("/o/").partition("/")[0].partition("-")
    good = blake2b(number.encode(), key=KEY, digest_size=12).hexdigest()
    return int(number) if compare_digest(mac, good) else 0
