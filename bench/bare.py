"""The measure: a handler without any framework that does just what receiving a webhook cannot do without."""

import os
import threading
from base64 import b64encode
from collections.abc import Callable, Iterable
from hmac import compare_digest, digest
from typing import Any

import psycopg

SECRET = os.environ.get("BENCH_SECRET", "").encode()
CONNECTION = int(os.environ.get("BENCH_CONNECTION", "0"))
INSERT = (
    "INSERT INTO inbound_delivery (connection_id, key, topic, headers, body, received_at, outcome, reason, attempts)"
    " VALUES (%s, %s, %s, %s, %b, now(), '', '', 0) ON CONFLICT DO NOTHING"
)
_local = threading.local()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    signature = b64encode(digest(SECRET, body, "sha256")).decode()
    if not compare_digest(signature, environ["HTTP_X_SHOPIFY_HMAC_SHA256"]):
        start_response("401 Unauthorized", [("Content-Length", "0")])
        return [b""]
    topic = environ["HTTP_X_SHOPIFY_TOPIC"]
    headers = f'{{"x-shopify-topic": "{topic}"}}'
    row = (CONNECTION, f"{topic}:{environ['HTTP_X_SHOPIFY_EVENT_ID']}", topic, headers, body)
    connection = getattr(_local, "connection", None)
    if connection is None:
        connection = _local.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    connection.execute(INSERT, row, prepare=True)
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0")])
    return [b""]
