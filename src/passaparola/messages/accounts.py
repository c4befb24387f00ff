"""Which shops have connected which channels, and what they gave for them."""

from collections.abc import Collection, Sequence
from functools import cache

from django.conf import settings
from django.utils.translation import gettext

from passaparola.inbound.models import Connection
from passaparola.messages.channel import CHANNELS, Account
from passaparola.messages.connected import ConnectedChannel
from passaparola.messages.rules.way import BEST

ROLE = "channel"
"""The role of their connections, as carriers have theirs."""


@cache
def connectable() -> dict[str, ConnectedChannel]:
    """Return the channels that a shop connects, by key."""
    return {key: kind for key, kind in CHANNELS.items() if isinstance(kind, ConnectedChannel)}


def account_of(connection: Connection) -> Account:
    hook = f"{settings.PUBLIC_URL}/hooks/{ROLE}/{connection.kind}/{connection.token}/"
    return Account(pk=connection.pk, given=connection.given(), secret=connection.secret, hook_url=hook)


def complete_connections(stores: Collection[int] | None = None) -> list[Connection]:
    """Return the open connections that can send, one for each store and channel: the newest; all stores if None."""
    found = Connection.objects.open().filter(role=ROLE, kind__in=connectable()).order_by("-pk")
    if stores is not None:
        found = found.filter(store__in=stores)
    newest: dict[tuple[int, str], Connection] = {}
    for connection in found.select_related("store"):
        if connectable()[connection.kind].is_complete(account_of(connection)):
            newest.setdefault((connection.store_id, connection.kind), connection)
    return list(newest.values())


def accounts_of(stores: Collection[int]) -> dict[tuple[int, str], Account]:
    """Return the account of each store on each channel that it has connected completely."""
    return accounts_by_store(complete_connections(stores))


def accounts_by_store(connections: Sequence[Connection]) -> dict[tuple[int, str], Account]:
    return {(one.store_id, one.kind): account_of(one) for one in connections}


def name_of(channel: str) -> str:
    """Return how people call a channel."""
    if channel == BEST:
        return gettext("where each person likes to read us best")
    if channel in connectable():
        return connectable()[channel].name.partition(" (")[0]
    return gettext("E-mail") if channel == "email" else channel


def in_use(store_id: int) -> list[str]:
    """Return the channels that a shop has switched on: e-mail, and those it has connected completely."""
    return ["email", *sorted(channel for _, channel in accounts_of([store_id]))]
