"""Shops that have connected channels, providers on loopback, and their webhooks through the front door."""

import hmac
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from passaparola.inbound import actions as inbound
from passaparola.inbound import fast, receipt
from passaparola.inbound.models import Connection
from passaparola.kernel.http.tests.servers import Behaviour, Server, authority, reaching
from passaparola.messages.accounts import account_of, connectable
from passaparola.messages.channels.sms import signature
from passaparola.stores.models import Store

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
HOSTS = {"sms": "api.twilio.com", "whatsapp": "graph.facebook.com", "telegram": "api.telegram.org"}
GIVEN = {
    "sms": {"account": "AC42", "sender": "+39055123456"},
    "whatsapp": {"phone_number_id": "1122", "token": "EAAG", "template": "order_news", "number": "+39055123"},
    "telegram": {"bot": "luna_bot", "token": TOKEN},
    "web_push": {},
}
SECRETS = {"sms": "token-of-twilio", "whatsapp": "app-secret"}
GIULIA = "+393331234567"


def connect(store: Store, kind: str, **given: str) -> Connection:
    receipt.forget_doors()
    settings = json.dumps(GIVEN[kind] | given)
    return inbound.connect(store, role="channel", kind=kind, secret=SECRETS.get(kind, ""), settings=settings)


@contextmanager
def provider(kind: str, behave: Behaviour | bytes, host: str = "") -> Iterator[Server]:
    """While it lasts, the channel's requests end at a server that behaves so."""
    channel = connectable()[kind]
    with Server(behave, tls=authority()[0](host or HOSTS[kind])) as server:
        channel.client = reaching(server)
        try:
            yield server
        finally:
            channel.client = None


def post(connection: Connection, body: bytes, headers: dict[str, str]) -> str:
    """Post a webhook as the provider does, and return the status; reading it is another's work."""
    url = urlsplit(account_of(connection).hook_url)
    environ: dict[str, Any] = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers.items()}
    environ |= {"REQUEST_METHOD": "POST", "PATH_INFO": url.path, "QUERY_STRING": ""}
    response = fast.serve(environ | {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)})
    assert response is not None
    return response[0]


def twilio_says(connection: Connection, **fields: str) -> str:
    url = account_of(connection).hook_url
    sealed = signature.sign(url, list(fields.items()), connection.secret)
    return post(connection, urlencode(fields).encode(), {signature.HEADER: sealed})


def meta_says(connection: Connection, **value: Any) -> str:
    told = {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
    }
    body = json.dumps(told).encode()
    seal = "sha256=" + hmac.new(connection.secret.encode(), body, "sha256").hexdigest()
    return post(connection, body, {"x-hub-signature-256": seal})


def telegram_says(
    connection: Connection, text: str, *, update: int = 1, at: int = 0, chat: str = "4242", **more: Any
) -> str:
    said = {"message_id": update, "date": at, "chat": {"id": int(chat), "type": "private"}, "text": text}
    told = {"update_id": update} | (more or {"message": said})
    return post(connection, json.dumps(told).encode(), {"x-telegram-bot-api-secret-token": connection.secret})
