"""Receiving one webhook: proved, kept, answered. Reading it comes later.

This is a hot path. It is called straight from the WSGI entry, past Django's handler and middleware, which
cost 3.5 times a bare psycopg handler's CPU; the view in `urls.py` calls the same function.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

import psycopg
from django.conf import settings
from django.db import connection as database

from passaparola.inbound.handlers import ROLES
from passaparola.inbound.models import Connection
from passaparola.inbound.source import Posted, Source

_LONGEST_QUERY = 2_000
_KEPT_SECONDS = 10.0
"""How long a web process trusts what it knows of a connection: closing one takes effect this fast."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: HTTPStatus
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """What is needed of a connection to let a delivery in."""

    pk: int
    source: Source
    secret: str


_INSERT = """
    INSERT INTO inbound_delivery
        (connection_id, key, topic, headers, body, received_at, outcome, reason, attempts)
    VALUES (%s, %s, %s, %s::jsonb, %b, %s, '', '', 0)
    ON CONFLICT (connection_id, key) DO NOTHING
"""
_DOORS: dict[tuple[str, str, str], tuple[float, Door]] = {}


def receive(
    path: str, headers: Mapping[str, str], length: int | None, stream: BinaryIO, query: str = ""
) -> Answer:
    """Take one POST to `/hooks/<role>/<kind>/<token>/`. `headers` in lower case, `query` as it was sent.

    200 (what the source calls `thanks`) means: it is committed, and whatever happens it will be read.
    """
    door = _door(path)
    if door is None:
        return Answer(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
    limit = door.source.max_bytes
    body = b"" if length is not None and length > limit else _read(stream, length, limit)
    if (length or 0) > limit or len(body) > limit:
        return Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"More than {limit} bytes are not taken.")
    url = f"{settings.PUBLIC_URL}{path}?{query}" if query else settings.PUBLIC_URL + path
    posted = Posted(headers, body, datetime.now(UTC), url)
    missing = door.source.lacks(posted)
    if missing:
        return Answer(HTTPStatus.BAD_REQUEST, f"The header {missing[0]} is missing.")
    if not door.secret:
        # An empty secret would be everybody's: HMAC takes it without complaint.
        return Answer(HTTPStatus.UNAUTHORIZED, "No secret has been set for this address yet.")
    if not door.source.is_authentic(posted, door.secret):
        return Answer(
            HTTPStatus.UNAUTHORIZED, "The signature does not fit: the secret is not the one we share."
        )
    _keep(door, posted)
    return Answer(door.source.thanks)


def greet(path: str, query: str) -> Answer | None:
    """Answer a GET to such an address, where its kind of sender asks before it posts; None where it doesn't."""
    door = _door(path)
    if door is None or len(query) > _LONGEST_QUERY:
        return None
    try:
        asked = dict(parse_qsl(query, max_num_fields=10))
    except ValueError:
        return None
    said = door.source.greeting(asked, path.strip("/").rpartition("/")[2])
    return None if said is None else Answer(HTTPStatus.OK, said)


def _read(stream: BinaryIO, length: int | None, limit: int) -> bytes:
    """Read to the end or just past the limit; a stream may give less than it is asked for."""
    wanted = limit + 1 if length is None else length
    parts, got = [], 0
    while got < wanted and (part := stream.read(wanted - got)):
        parts.append(part)
        got += len(part)
    return b"".join(parts)


def _door(path: str) -> Door | None:
    if not path.isascii() or "\0" in path:  # nobody's address, and a NUL is more than PostgreSQL can be asked
        return None
    _, role, kind, token = (*path.strip("/").split("/"), "", "", "")[:4]
    known = _DOORS.get((role, kind, token))
    now = time.monotonic()
    if known and known[0] > now:
        return known[1]
    found = Connection.objects.filter(token=token, role=role, kind=kind, closed_at=None).first()
    if found is None or role not in ROLES:
        _DOORS.pop((role, kind, token), None)
        return None
    door = Door(found.pk, ROLES[role].kinds[kind], found.secret)
    _DOORS[role, kind, token] = (now + _KEPT_SECONDS, door)
    return door


def _keep(door: Door, posted: Posted) -> None:
    """Commit the delivery; a repetition changes nothing."""
    source = door.source
    kept = {name: posted.headers[name] for name in source.kept_headers if name in posted.headers}
    row: tuple[Any, ...] = (
        door.pk,
        source.key(posted)[:200],
        source.topic(posted)[:100],
        json.dumps(kept),
        posted.body,
        posted.received_at,
    )
    database.ensure_connection()
    # Autocommit: the statement is the transaction, and PostgreSQL groups concurrent commits. A plain cursor of
    # psycopg prepares it and sends the body as bytes; Django's would write it into the statement as text.
    with psycopg.Cursor(database.connection) as cursor:
        cursor.execute(_INSERT, row, prepare=True)


def headers_of(environ: Mapping[str, Any]) -> dict[str, str]:
    """Return the request's headers in lower case from a WSGI environment."""
    headers = {
        name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name[:5] == "HTTP_"
    }
    if environ.get("CONTENT_TYPE"):
        headers["content-type"] = environ["CONTENT_TYPE"]
    return headers


def length_of(environ: Mapping[str, Any]) -> int | None:
    """Return the announced length; None where there is none (chunked) or it is no number."""
    announced = environ.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isdecimal() else None


def forget_doors() -> None:
    """Forget what this process knows of connections."""
    _DOORS.clear()
