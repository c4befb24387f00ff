"""What the shop has connected, what was sent there, and what it cost."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection as database

from passaparola.inbound.models import Connection
from passaparola.messages.accounts import ROLE, account_of, connectable
from passaparola.messages.connected import ConnectedChannel
from passaparola.messages.models import Price
from passaparola.stores.models import Store

MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelShown:
    """One channel as the team sees it."""

    key: str
    kind: ConnectedChannel
    connection: Connection | None
    missing: tuple[str, ...] = ()
    """Settings that sending needs and nobody gave."""
    is_resting: bool = False

    @property
    def can_be_told(self) -> bool:
        """We can tell its provider where to post, so that nobody has to copy an address."""
        return type(self.kind).announcement is not ConnectedChannel.announcement

    @property
    def is_ready(self) -> bool:
        return self.connection is not None and not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One channel in one month of the store's own calendar."""

    first: date
    name: str
    sent: int
    delivered: int
    read: int
    undelivered: int
    cost: Decimal
    unpriced: int
    """Messages that nobody knows the price of."""


def channels_of(store: Store, *, now: datetime) -> list[ChannelShown]:
    rows = Connection.objects.open().filter(store=store, role=ROLE).order_by("pk")
    newest = {row.kind: row for row in rows}
    return [_shown(key, kind, newest.get(key), now) for key, kind in connectable().items()]


def _shown(key: str, kind: ConnectedChannel, row: Connection | None, now: datetime) -> ChannelShown:
    if row is None:
        return ChannelShown(key=key, kind=kind, connection=None)
    given = account_of(row)
    missing = [name for name in kind.settings if name not in kind.optional and not given.given.get(name)]
    return ChannelShown(
        key=key,
        kind=kind,
        connection=row,
        missing=tuple(missing if given.secret else [*missing, "secret"]),
        is_resting=row.paused_until is not None and row.paused_until > now,
    )


# The ORM would need a pass for each figure; one scan of the partial index `message_sent_elsewhere` gives them all,
# and the mails, which are many and cost nothing, are not looked at.
_MONTHS = """
    SELECT date_trunc('month', sent_at AT TIME ZONE %(zone)s)::date, channel, count(*), count(delivered_at),
           count(read_at), count(*) FILTER (WHERE undelivered_at IS NOT NULL AND delivered_at IS NULL),
           coalesce(sum(cost), 0), count(*) FILTER (WHERE cost IS NULL)
      FROM outgoing_message
     WHERE store_id = %(store)s AND channel = ANY(%(channels)s) AND channel <> 'email'
       AND sent_at >= %(since)s
     GROUP BY 1, 2 ORDER BY 1 DESC, 2
"""


def months_of(store: Store, *, now: datetime) -> list[Month]:
    """Return the last months, the newest first; months without messages are left out."""
    since = _months_back(now.astimezone(store.zone), MONTHS - 1)
    known = connectable()
    given: dict[str, Any] = {
        "zone": store.zone.key,
        "store": store.pk,
        "channels": list(known),
        "since": since,
    }
    with database.cursor() as cursor:
        cursor.execute(_MONTHS, given)
        rows = cursor.fetchall()
    return [
        Month(
            first=first,
            name=known[channel].name,
            sent=sent,
            delivered=delivered,
            read=read,
            undelivered=undelivered,
            cost=cost,
            unpriced=unpriced,
        )
        for first, channel, sent, delivered, read, undelivered, cost, unpriced in rows
    ]


def _months_back(at: datetime, months: int) -> datetime:
    whole = at.year * 12 + at.month - 1 - months
    return at.replace(
        year=whole // 12, month=whole % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0
    )


def prices_of(store: Store) -> list[tuple[str, Price]]:
    """Return the price list, each line with the name of its channel."""
    known = connectable()
    rows = Price.objects.filter(store=store).order_by("channel", "country", "category")
    return [(known[row.channel].name if row.channel in known else row.channel, row) for row in rows]
