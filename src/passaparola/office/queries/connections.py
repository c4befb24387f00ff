"""The systems a shop is connected with, and those it could be."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from passaparola.inbound.handlers import ROLES
from passaparola.inbound.models import Connection
from passaparola.inbound.source import Source
from passaparola.office.rules import Silence, silence
from passaparola.stores.models import Store

OUR_WORDS = {"custom": _("Any shop"), "manual": _("By hand")}
"""Kinds that are no brand's name and so are said in the reader's language."""
FOR_TRYING_OUT = "dummy"
"""Every pair of contract and folder ships one; a shop has no use for it."""


@dataclass(frozen=True)
class Kind:
    """A system one can connect with."""

    role: str
    key: str
    source: Source

    @property
    def name(self) -> str:
        return str(OUR_WORDS.get(self.key, self.source.name))

    @property
    def posts(self) -> bool:
        """Shops always do; of carriers some only answer when asked."""
        return bool(getattr(self.source, "posts_webhooks", True))

    @property
    def is_asked(self) -> bool:
        """Some are asked with nothing but the number (Poste), so that `asks_for` is empty."""
        return bool(getattr(self.source, "answers_polls", False))

    @property
    def is_channel(self) -> bool:
        """It takes messages to customers."""
        return self.role == "channel"

    @property
    def greets(self) -> bool:
        """Its sender asks first whether the address is ours, with a word that is typed there (WhatsApp)."""
        return type(self.source).greeting is not Source.greeting

    @property
    def asks_for(self) -> tuple[str, ...]:
        return tuple(getattr(self.source, "settings", ()))

    @property
    def sender_makes_secret(self) -> bool:
        return self.posts and self.source.new_secret() is None


@dataclass(frozen=True)
class ConnectionShown:
    connection: Connection
    kind: Kind
    silence: Silence
    is_paused: bool
    """It sent us away, or did not answer: we leave it alone for a while."""

    @property
    def address(self) -> str:
        c = self.connection
        return settings.PUBLIC_URL + reverse("hook", args=[c.role, c.kind, c.token])


def kind_of(connection: Connection) -> Kind:
    return Kind(connection.role, connection.kind, ROLES[connection.role].kinds[connection.kind])


def posts(connection: Connection) -> bool:
    return kind_of(connection).posts


def connectable() -> list[Kind]:
    """Every kind that tells us something, by itself or when asked, or takes messages: by hand needs no connection."""
    every = [Kind(role, key, source) for role, found in ROLES.items() for key, source in found.kinds.items()]
    known = [kind for kind in every if kind.key != FOR_TRYING_OUT]
    return [kind for kind in known if kind.posts or kind.is_asked or kind.is_channel]


def show(connection: Connection, *, now: datetime) -> ConnectionShown:
    kind = kind_of(connection)
    # Nobody has to write to us: a silent channel is none to worry about.
    posts_by_itself = kind.posts and not kind.is_channel
    quiet = silence(connection.created_at, connection.last_heard_at, posts=posts_by_itself, now=now)
    is_paused = connection.paused_until is not None and connection.paused_until > now
    return ConnectionShown(connection, kind, quiet, is_paused)


def connections_of(store: Store, *, now: datetime) -> list[ConnectionShown]:
    """Open ones first, then those closed."""
    found = sorted(store.connections.order_by("-role", "source"), key=lambda one: one.closed_at is not None)
    return [show(connection, now=now) for connection in found]


def settings_of(connection: Connection) -> dict[str, Any]:
    try:
        kept = json.loads(connection.settings or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}
