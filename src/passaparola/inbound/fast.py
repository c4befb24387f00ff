"""Receiving webhooks straight from the WSGI entry.

A bare psycopg handler is the measure here; Django's handler and middleware cost 3.5 times its CPU, and a
signed delivery needs none of them: no session, no cookie, no form, no page.
"""

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import psycopg
from django.db import DatabaseError, InterfaceError, connection

from passaparola.inbound.receipt import Answer, greet, headers_of, length_of, receive

log = logging.getLogger(__name__)
Response = tuple[str, list[tuple[str, str]], Iterable[bytes]]

_PREFIX = "/hooks/"
_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}
_BUSY = Answer(
    HTTPStatus.SERVICE_UNAVAILABLE, "We can't keep this right now. Please send it again in a minute."
)


def serve(environ: Mapping[str, Any]) -> Response | None:
    """Answer a request below `/hooks/`; None for any other."""
    path = environ["PATH_INFO"]
    if not path.startswith(_PREFIX):
        return None
    query = environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] == "GET" and query and (said := _greeted(path, query)):
        return _response(said)
    if environ["REQUEST_METHOD"] != "POST":
        return _response(Answer(HTTPStatus.METHOD_NOT_ALLOWED, "Only POST is taken here."), ("Allow", "POST"))
    try:
        answer = receive(path, headers_of(environ), length_of(environ), environ["wsgi.input"], query)
    except (DatabaseError, InterfaceError, psycopg.Error):  # the fast statement is not wrapped by Django
        # Not kept, so not 200: every sender tries again. The next request connects anew.
        log.warning("A delivery was sent away: the database did not answer.", exc_info=True)
        connection.close()
        return _response(_BUSY, ("Retry-After", "60"))
    return _response(answer)


def _greeted(path: str, query: str) -> Answer | None:
    try:
        return greet(path, query)
    except (DatabaseError, InterfaceError, psycopg.Error):
        connection.close()
        return _BUSY


def _response(answer: Answer, *more: tuple[str, str]) -> Response:
    body = answer.sentence.encode()
    content = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    headers = [
        *(content if answer.status != HTTPStatus.NO_CONTENT else ()),  # it has none, not even of no length
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        *more,
    ]
    return _LINES[answer.status], headers, [body]
