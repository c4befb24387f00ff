"""The outbox: locks what is due, decides again, writes the letters, hands them over, records the answers.

Up to the commit that says “handed over by worker n” a crash changes nothing: the locks vanish with it. After
it, a crash leaves claims that nobody stands behind; they are sent again and marked as uncertain. So nothing is
lost, and nothing arrives twice in silence.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction

from passaparola.kernel.database import bulk
from passaparola.kernel.database.halves import by_halves
from passaparola.messages.actions import claims
from passaparola.messages.actions.ask import decided
from passaparola.messages.actions.due import Due, lock_due
from passaparola.messages.actions.record import record
from passaparola.messages.channel import CHANNELS, Channel, Outcome, Packed, Result, UnsendableError
from passaparola.messages.kind import KINDS, MessageKind, kind_of
from passaparola.messages.letters import Letters
from passaparola.messages.models import Message
from passaparola.messages.rendering.texts import TemplateError
from passaparola.messages.rules.decide import decide
from passaparola.messages.rules.intent import Intent
from passaparola.messages.rules.retry import pause_after
from passaparola.messages.rules.values import Decision, Verdict, defer, drop
from passaparola.messages.situations import Situations

logger = logging.getLogger(__name__)

BATCH = 200
"""Large enough that statements cost little per mail, small enough that a crash leaves few in doubt."""
RECORD_EVERY = 50
RECORD_WITHIN = 0.2
"""Seconds after which answers are recorded, however few they are."""
LOST_DATABASE_TRIES = 20
MENDED_WITHIN = timedelta(minutes=15)
"""How long to wait for somebody to mend a template."""


@dataclass
class _Pause:
    """How long this process leaves a channel alone that could not take anything."""

    failures: int = 0
    until: datetime | None = None

    def is_on(self, now: datetime) -> bool:
        return self.until is not None and now < self.until

    def note(self, *, is_down: bool, now: datetime) -> None:
        self.failures = self.failures + 1 if is_down else 0
        self.until = now + pause_after(self.failures) if is_down else None


_PAUSES: dict[str, _Pause] = {}


def send_due(now: datetime) -> int:
    """Send a batch of what is due; return how many messages were dealt with, 0 when there was nothing to do."""
    claims.take_over_abandoned(now)
    ready = [key for key, channel in CHANNELS.items() if channel.is_ready() and not _pause(key).is_on(now)]
    if not ready:
        return 0
    token = claims.my_token()
    with transaction.atomic():
        due = lock_due(ready, BATCH, now)
        prepared = _prepare(due, now)
        prepared.write(token, now)
    delivered = 0
    for key, letters in prepared.by_channel():
        delivered += _deliver(key, letters, prepared.due, token, now)
    return delivered + len(due) - len(prepared.packed)


def _pause(key: str) -> _Pause:
    return _PAUSES.setdefault(key, _Pause())


@dataclass
class _Prepared:
    """What was decided about a batch."""

    due: dict[int, Due] = field(default_factory=dict)
    packed: list[tuple[str, Packed]] = field(default_factory=list)
    claimed: list[dict[str, Any]] = field(default_factory=list)
    settled: list[dict[str, Any]] = field(default_factory=list)

    def write(self, token: int, now: datetime) -> None:
        """Say, for good, who hands over what, and what is not handed over."""
        settled = ["due_at", "deferred_at", "dropped_at", "failed_at", "reason", "reason_data"]
        bulk.update(Message, self.settled, key=["id"], set_=[f"{name} = v.{name}" for name in settled])
        rows = [row | {"claimed_by": token, "claimed_at": now} for row in self.claimed]
        claimed = [name for name in rows[0] if name != "id"] if rows else []
        bulk.update(Message, rows, key=["id"], set_=[f"{name} = v.{name}" for name in claimed])

    def add(self, more: "_Prepared") -> None:
        self.due |= more.due
        self.packed += more.packed
        self.claimed += more.claimed
        self.settled += more.settled

    def set_aside(self, message: Due, error: Exception, now: datetime) -> None:
        """Try again when somebody may have mended it, as long as it is worth sending."""
        logger.error("Message %s could not be prepared.", message.pk, exc_info=error)
        until = now + MENDED_WITHIN
        words = type(error).__name__
        is_over = message.expires_at <= until
        reason = drop("unrenderable", words=words) if is_over else defer(until, "unrenderable", words=words)
        self.settle(message, reason, now)

    def settle(self, message: Due, decision: Decision, now: datetime) -> None:
        """Note that this one does not go out now."""
        self.settled.append({"id": message.pk, "failed_at": None} | decided(decision, now))

    def claim(self, message: Due, kind: MessageKind, packed: Packed) -> None:
        """Note that this one is handed over."""
        self.packed.append((message.channel, packed))
        self.claimed.append(
            {
                "id": message.pk,
                "kind": kind.key,
                "purpose": kind.purpose.value,
                "fallback": message.fallback,
                "message_id": packed.message_id,
                "template_version": packed.template_version,
                "subject": packed.subject,
                "reason": message.reason if message.reason == "plain_instead" else "",
                "reason_data": {},
            }
        )

    def by_channel(self) -> Iterator[tuple[str, list[Packed]]]:
        ordered = sorted(self.packed, key=lambda pair: pair[0])
        for key, pairs in groupby(ordered, key=lambda pair: pair[0]):
            yield key, [packed for _, packed in pairs]


def _prepare(due: Sequence[Due], now: datetime) -> _Prepared:
    """Prepare a batch; a message that makes us stumble is set aside, the others of all shops go out."""
    found = _Prepared()
    by_halves(
        due,
        lambda part: found.add(_prepare_together(part, now)),
        give_up=lambda message, error: found.set_aside(message, error, now),
    )
    return found


def _prepare_together(due: Sequence[Due], now: datetime) -> _Prepared:
    """Decide on each with what is true now, and write the letters of those that go out."""
    found = _Prepared(due={message.pk: message for message in due})
    situations = Situations.of(due)
    sending: list[tuple[Due, MessageKind]] = []
    for message in due:
        decision = _decide(message, situations, now)
        if decision.verdict is not Verdict.SEND:
            found.settle(message, decision, now)
            continue
        if decision.instead:
            message = _plain(message, decision.instead)  # noqa: PLW2901 - from here on it is that one
            found.due[message.pk] = message
        sending.append((message, KINDS[message.kind]))
    letters = Letters.of(sending, situations.stores, now)
    letters.opens_seals = True
    for message, kind in sending:
        _pack(message, kind, letters, found)
    return found


def _plain(message: Due, kind: str) -> Due:
    purpose = KINDS[kind].purpose.value
    return message._replace(kind=kind, purpose=purpose, fallback="", reason="plain_instead")


def _decide(message: Due, situations: Situations, now: datetime) -> Decision:
    kind = kind_of(message.kind)
    if kind is None:
        return drop("unknown_kind")
    intent = Intent(
        kind=kind,
        to_address=message.to_address,
        not_before=message.not_before,
        expires_at=message.expires_at,
        order_id=message.order_id,
        parcel_id=message.parcel_id,
        fallback=kind_of(message.fallback) if message.fallback else None,
        is_noisy=CHANNELS[message.channel].is_noisy,
    )
    history, situation = situations.history(message), situations.situation(message)
    return decide(intent, history, situation, situations.policy(message), now)


def _pack(message: Due, kind: MessageKind, letters: Letters, found: _Prepared) -> None:
    now = letters.now
    try:
        packed = CHANNELS[message.channel].pack(letters.letter(message, kind))
    except UnsendableError as error:
        found.settle(message, drop("refused", words=str(error)), now)
        found.settled[-1] |= {"dropped_at": None, "failed_at": now}
    except TemplateError as error:
        logger.error("The texts of “%s” can't be rendered: %s", kind.key, error)  # noqa: TRY400 - no traceback of Liquid
        found.settle(message, defer(now + MENDED_WITHIN, "unrenderable", words=str(error)), now)
    else:
        found.claim(message, kind, packed)


def _deliver(key: str, letters: list[Packed], due: dict[int, Due], token: int, now: datetime) -> int:
    """Hand over and record; return how many the channel really dealt with."""
    channel, pause = CHANNELS[key], _pause(key)
    waiting: list[Outcome] = []
    done, last = 0, time.monotonic()
    for outcome in _all_answers(channel, letters):
        waiting.append(outcome)
        done += outcome.result is not Result.DOWN
        if len(waiting) >= RECORD_EVERY or time.monotonic() - last > RECORD_WITHIN:
            _record_surely(waiting, due, token, pause_after(pause.failures + 1), now)
            waiting, last = [], time.monotonic()
    _record_surely(waiting, due, token, pause_after(pause.failures + 1), now)
    pause.note(is_down=bool(letters) and done == 0, now=now)
    return done


def _all_answers(channel: Channel, letters: list[Packed]) -> Iterator[Outcome]:
    """Yield one outcome for each letter, whatever the channel does: even a bug in it loses nothing."""
    open_ = {letter.pk for letter in letters}
    try:
        for outcome in channel.deliver(letters):
            open_.discard(outcome.pk)
            yield outcome
    except Exception as error:
        logger.exception("A channel failed while it delivered.")
        words = str(error)[:300]
        yield from (Outcome(pk=pk, result=Result.UNKNOWN, words=words) for pk in open_)


def _record_surely(
    outcomes: list[Outcome], due: dict[int, Due], token: int, pause: timedelta, now: datetime
) -> None:
    """Record, also over a restart of the database: what the server has may not be forgotten."""
    for attempt in range(1, LOST_DATABASE_TRIES + 1):
        try:
            record(outcomes, due, token=token, pause=pause, now=now)
        except (OperationalError, InterfaceError):
            if attempt == LOST_DATABASE_TRIES or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(min(0.1 * attempt, 1))
        else:
            return
