"""The outbox of channels that shops connect: one account at a time, no faster than it may, on a hand of its own.

Apart from the mails', so that a provider that hangs never holds up a mail. What is claimed, decided and recorded is
the same as there, and so is what a crash leaves behind.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from passaparola.inbound.models import Connection
from passaparola.kernel.limits import take
from passaparola.messages.accounts import ROLE, account_of, complete_connections, connectable
from passaparola.messages.actions import claims
from passaparola.messages.actions.company import with_company
from passaparola.messages.actions.due import Due, lock_due_of
from passaparola.messages.actions.prepare import prepare
from passaparola.messages.actions.progress import lock_accounts, note_names
from passaparola.messages.actions.record import record
from passaparola.messages.actions.send import BATCH, RECORD_WITHIN, all_answers, surely
from passaparola.messages.channel import Outcome, Packed, Result
from passaparola.messages.models import WAITING, Message

RECORD_EVERY = 20
"""Answers come over the network one by one: they are recorded in small groups, so that a crash leaves few in doubt."""
PACE = timedelta(seconds=10)
UNTRIED = timedelta(seconds=5)
"""How long a message waits that was not tried, where nobody named a time."""


def send_connected(now: datetime) -> int:
    """Send what is due over one account; return how many messages were dealt with, 0 when there was nothing to do."""
    claims.take_over_abandoned(now)
    for connection in _with_something_due(now):
        if done := _send_for(connection, now):
            return done
    return 0


def _with_something_due(now: datetime) -> list[Connection]:
    """Return the accounts with something to send, the one that sent longest ago first: all take turns."""
    due = Message.objects.filter(
        WAITING, store=OuterRef("store"), channel=OuterRef("kind"), claimed_at=None, due_at__lte=now
    ).exclude(channel="email")
    waiting = Connection.objects.open().filter(role=ROLE, kind__in=connectable())
    stores = set(waiting.filter(Exists(due)).values_list("store_id", flat=True))
    if not stores:
        return []
    ready = [
        one for one in complete_connections(stores) if one.paused_until is None or one.paused_until <= now
    ]
    return sorted(ready, key=lambda one: (one.asked_at is not None, one.asked_at, one.pk))


def _send_for(connection: Connection, now: datetime) -> int:
    key, store = connection.kind, connection.store_id
    channel = connectable()[key]
    due = Message.objects.filter(WAITING, store=store, channel=key, claimed_at=None, due_at__lte=now)
    wanted = due.exclude(channel="email")[:BATCH].count()
    if not wanted:
        return 0
    most = channel.per_ten_seconds
    granted = take("send", f"connection {connection.pk}", wanted=wanted, most=most, per=PACE, now=now)
    if not granted:
        return 0
    token = claims.my_token()
    with transaction.atomic():
        locked = with_company(lock_due_of(store, key, granted, now), [key], now)
        prepared = prepare(locked, now)
        prepared.write(token, now)
        Connection.objects.filter(pk=connection.pk).update(asked_at=now)
    letters = [packed for _, packed in prepared.packed]
    delivered = _deliver(connection, letters, prepared.due, token, now)
    return delivered + len(locked) - len(prepared.packed) - len(prepared.joined)


def _deliver(
    connection: Connection, letters: Sequence[Packed], due: dict[int, Due], token: int, now: datetime
) -> int:
    """Hand over and record; return how many the provider really dealt with."""
    waiting: list[Outcome] = []
    done, last = 0, time.monotonic()
    for outcome in all_answers(connectable()[connection.kind], list(letters)):
        waiting.append(outcome)
        done += outcome.result is not Result.DOWN
        if len(waiting) >= RECORD_EVERY or time.monotonic() - last > RECORD_WITHIN:
            _keep_surely(connection, waiting, due, token, now)
            waiting, last = [], time.monotonic()
    _keep_surely(connection, waiting, due, token, now)
    return done


def _keep_surely(
    connection: Connection, outcomes: list[Outcome], due: dict[int, Due], token: int, now: datetime
) -> None:
    surely(lambda: _keep(connection, outcomes, due, token, now))


def _keep(
    connection: Connection, outcomes: list[Outcome], due: dict[int, Due], token: int, now: datetime
) -> None:
    """Record the answers, the provider's names for what it took, and how long it wants to be left alone."""
    if not outcomes:
        return
    pause = max((outcome.pause for outcome in outcomes if outcome.pause), default=None)
    with transaction.atomic():
        lock_accounts([connection.pk])
        record(outcomes, due, token=token, pause=pause or UNTRIED, now=now)
        note_names(outcomes, due, now=now)
        own = Connection.objects.filter(pk=connection.pk)
        if pause is not None:
            own.update(paused_until=now + pause)
        if any(outcome.result is Result.SENT for outcome in outcomes):
            own.update(last_heard_at=now)


def announce(connection: Connection) -> bool:
    """Tell the provider where to post, where it can be told; return whether it could.

    Raises RequestError where nobody answers.
    """
    channel = connectable()[connection.kind]
    request = channel.announcement(account_of(connection))
    if request is None:
        return False
    return channel.asking().send(request).status < 300  # noqa: PLR2004 - HTTP's own number
