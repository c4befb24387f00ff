"""The outbox: locks what is due, decides again, writes the letters, hands them over, records the answers.

Up to the commit that says “handed over by worker n” a crash changes nothing: the locks vanish with it. After
it, a crash leaves claims that nobody stands behind; they are sent again and marked as uncertain. So nothing is
lost, and nothing arrives twice in silence.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction

from passaparola.messages.actions import claims
from passaparola.messages.actions.company import with_company
from passaparola.messages.actions.due import Due, lock_due
from passaparola.messages.actions.prepare import prepare
from passaparola.messages.actions.record import record
from passaparola.messages.channel import CHANNELS, Channel, Outcome, Packed, Result
from passaparola.messages.rules.retry import pause_after

logger = logging.getLogger(__name__)

BATCH = 200
"""Large enough that statements cost little per mail, small enough that a crash leaves few in doubt."""
RECORD_EVERY = 100
"""So many answers are recorded together: at 50 that was a fifth of sending a campaign, where each is an event too."""
RECORD_WITHIN = 0.2
"""Seconds after which answers are recorded, however few they are."""
LOST_DATABASE_TRIES = 20


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
        due = with_company(lock_due(ready, BATCH, now), ready, now)
        prepared = prepare(due, now)
        prepared.write(token, now)
    delivered = 0
    for key, letters in prepared.by_channel():
        delivered += _deliver(key, letters, prepared.due, token, now)
    return delivered + len(due) - len(prepared.packed) - len(prepared.joined)


def _pause(key: str) -> _Pause:
    return _PAUSES.setdefault(key, _Pause())


def _deliver(key: str, letters: list[Packed], due: dict[int, Due], token: int, now: datetime) -> int:
    """Hand over and record; return how many the channel really dealt with."""
    channel, pause = CHANNELS[key], _pause(key)
    waiting: list[Outcome] = []
    done, last = 0, time.monotonic()
    for outcome in all_answers(channel, letters):
        waiting.append(outcome)
        done += outcome.result is not Result.DOWN
        if len(waiting) >= RECORD_EVERY or time.monotonic() - last > RECORD_WITHIN:
            _record_surely(waiting, due, token, pause_after(pause.failures + 1), now)
            waiting, last = [], time.monotonic()
    _record_surely(waiting, due, token, pause_after(pause.failures + 1), now)
    pause.note(is_down=bool(letters) and done == 0, now=now)
    return done


def all_answers(channel: Channel, letters: list[Packed]) -> Iterator[Outcome]:
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
    surely(lambda: record(outcomes, due, token=token, pause=pause, now=now))


def surely(keep: Callable[[], None]) -> None:
    """Record, also over a restart of the database: what the server has may not be forgotten."""
    for attempt in range(1, LOST_DATABASE_TRIES + 1):
        try:
            keep()
        except (OperationalError, InterfaceError):
            if attempt == LOST_DATABASE_TRIES or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(min(0.1 * attempt, 1))
        else:
            return
