"""Servers that speak a provider's protocol, letters to hand over to them, and the answers told to a channel."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from passaparola.inbound.source import Posted
from passaparola.kernel.http.client import Limits
from passaparola.kernel.http.tests.servers import Asked, Behaviour, Server, answer, authority, reaching
from passaparola.messages.channel import NOT_KNOWN, Account, Letter, Outcome, Reached, Sender
from passaparola.messages.connected import ConnectedChannel
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.template import compiled
from passaparola.messages.rendering.tests import sample
from passaparola.messages.rules.values import Purpose

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)
HOOK = "https://ordini.example/hooks/channel/x/token/"


def letter(
    to: str,
    pk: int = 1,
    *,
    kind: str = "shipped",
    language: str = "it",
    purpose: Purpose = Purpose.TRANSACTIONAL,
    account: Account | None = None,
    reached: Reached = NOT_KNOWN,
) -> Letter:
    return Letter(
        pk=pk,
        to_address=to,
        sender=Sender(name="Bottega Luna", address="ciao@luna.example", host="luna.example"),
        template=compiled(kind, language, sample.BRAND),
        data=content(sample.matter(kind, language)),
        purpose=purpose,
        thread="order-1",
        at=NOW,
        account=account,
        reached=reached,
    )


def account(secret: str = "our little secret", **given: str) -> Account:
    return Account(pk=7, given=given, secret=secret, hook_url=HOOK)


def as_json(told: Any, status: str = "200 OK", **headers: str) -> bytes:
    return answer(json.dumps(told).encode(), status, Content_Type="application/json", **headers)


def told_in(asked: Asked) -> dict[str, Any]:
    """Return what was posted, from a form or JSON."""
    if asked.headers["content-type"].startswith("application/json"):
        return dict(json.loads(asked.body))
    return {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}


def handed_over(
    kind: type[ConnectedChannel],
    host: str,
    behave: Behaviour | bytes,
    write: Callable[[ConnectedChannel, int], Letter],
    *,
    count: int = 1,
    limits: Limits | None = None,
) -> tuple[list[Outcome], list[Asked]]:
    """Hand letters over to a provider that behaves so; return the outcomes by letter, and what it was asked."""
    channel = kind()
    with Server(behave, tls=authority()[0](host)) as server:
        channel.client = reaching(server, limits)
        packed = [channel.pack(write(channel, pk)) for pk in range(1, count + 1)]
        outcomes = sorted(channel.deliver(packed), key=lambda outcome: outcome.pk)
        return outcomes, server.asked


def posted(body: Any, url: str = HOOK, **headers: str) -> Posted:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    return Posted(named, raw, NOW, url)
