"""Whoever asked for a message may not mean it any more when it is sent: they are asked once more.

A concept that takes things back (journeys, which people leave) registers here in its `AppConfig.ready()`, under the
first word of what it writes in `asked_by`. It takes back at once what waits; being asked again closes the gap between
that and the sending.

Campaigns, which are paused and called off, register their word on what is due: what was on its way when they were
stopped, and came back because its worker died or its server was busy, is held or ended like the rest.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from passaparola.messages.rules.values import Decision


class Asked(Protocol):
    """What an asker is told of its messages."""

    @property
    def pk(self) -> int: ...
    @property
    def store_id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def asked_by(self) -> str: ...


Asker = Callable[[Sequence[Asked], datetime], Collection[int]]
"""Given its own messages, a batch at once, returns those that are meant no more, by `pk`."""

Word = Callable[[Sequence[Asked], datetime], Mapping[int, Decision]]
"""Given its own messages, returns by `pk` what is to become of those it does not let go."""

_ASKERS: dict[str, Asker] = {}
_WORDS: dict[str, Word] = {}


def register(name: str, asker: Asker) -> None:
    _ASKERS[name] = asker


def register_word(name: str, word: Word) -> None:
    _WORDS[name] = word


def words_on(messages: Sequence[Asked], now: datetime) -> dict[int, Decision]:
    """Return what their askers have decided about messages that are due."""
    found: dict[int, Decision] = {}
    for name, theirs in _by_asker(messages, _WORDS):
        found |= _WORDS[name](theirs, now)
    return found


def no_longer_meant(messages: Sequence[Asked], now: datetime) -> frozenset[int]:
    """Return which of these messages nobody means any more. Whose asker is not registered stands as it was asked."""
    return frozenset(pk for name, theirs in _by_asker(messages, _ASKERS) for pk in _ASKERS[name](theirs, now))


def _by_asker(messages: Sequence[Asked], registered: Collection[str]) -> Iterator[tuple[str, list[Asked]]]:
    by_asker: dict[str, list[Asked]] = defaultdict(list)
    for message in messages:
        name = message.asked_by.partition(":")[0]
        if name in registered:
            by_asker[name].append(message)
    yield from by_asker.items()
