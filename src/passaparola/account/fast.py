"""Serving the order page straight from the WSGI entry.

This is the hottest page: customers look again and again while they wait. Django's handler and middleware
cost as much CPU as making the page, and nothing of them is needed for a page at a signed link: no session,
no cookie, no form. Whatever is not plainly such a request is left to Django, which gives the same answer by
the same functions.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

import psycopg
from django.db import DatabaseError, InterfaceError, connection

from passaparola.account.answers import Headers, answer
from passaparola.account.kept import Kept
from passaparola.account.pages import page_of
from passaparola.kernel.http.security import FOR_CUSTOMERS, HEADERS
from passaparola.kernel.ui.languages import LANGUAGES
from passaparola.orders.links import Opened, read_link
from passaparola.stores.hosts import shop_at

Response = tuple[str, list[tuple[str, str]], Iterable[bytes]]

_PREFIX, _TOKEN = "/o/", 100
"""A longer token is none of ours, and not worth computing a signature for."""
_SECURITY: Headers = (
    ("Content-Security-Policy", FOR_CUSTOMERS),
    *((name, value) for name, value in HEADERS.items() if name != "Referrer-Policy"),
)
_LOG = logging.getLogger(__name__)
_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


def serve(environ: Mapping[str, Any], *, now: datetime | None = None) -> Response | None:
    """Answer `GET` or `HEAD /o/<token>/`; None where there is no page, or anything goes wrong: Django says it."""
    path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
    if not path.startswith(_PREFIX) or method not in {"GET", "HEAD"} or len(path) > _TOKEN:
        return None
    now = now or datetime.now(UTC)
    token = path[len(_PREFIX) : -1]
    opened = read_link(token, now=now) if path.endswith("/") and "/" not in token else None
    wish, host = wish_of(environ.get("QUERY_STRING", "")), environ.get("HTTP_HOST", "")
    kept = _page(opened, wish, host, now) if opened else None
    if kept is None:
        return None
    made = answer(
        kept,
        accepts=environ.get("HTTP_ACCEPT_ENCODING", ""),
        has=environ.get("HTTP_IF_NONE_MATCH", ""),
        is_head=method == "HEAD",
    )
    return _LINES[made.status], [*made.headers, *_SECURITY], [made.body]


def wish_of(query: str) -> str:
    """Return the language asked for by `?lang=`; empty for none or one we don't speak."""
    if not query:
        return ""
    wish = parse_qs(query, max_num_fields=20).get("lang", [""])[-1] if len(query) < 200 else ""  # noqa: PLR2004
    return wish if wish in LANGUAGES else ""


def _page(opened: Opened, wish: str, host: str, now: datetime) -> Kept | None:
    try:
        return _shown_at(host, page_of(opened.order, wish, epoch=opened.epoch, now=now))
    except (DatabaseError, InterfaceError, psycopg.Error):
        connection.close()  # it may be dead since the database was away; Django connects anew
    except Exception:  # noqa: BLE001 - whatever it is, Django tries again and has an error page
        _LOG.exception("The page of order %s can't be made.", opened.order)
    return None


def _shown_at(host: str, kept: Kept | None) -> Kept | None:
    """Return the page unless the request came to another shop's name, or to nobody's: Django refuses those."""
    return kept if kept and shop_at(host) in {"", kept.made.slug} else None
