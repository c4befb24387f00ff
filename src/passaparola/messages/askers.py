"""Whoever asked for a message may not mean it any more when it is sent: they are asked once more.

A concept that takes things back (journeys, which people leave) registers here in its `AppConfig.ready()`, under the
first word of what it writes in `asked_by`. It takes back at once what waits; being asked again closes the gap between
that and the sending.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol


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

_ASKERS: dict[str, Asker] = {}


def register(name: str, asker: Asker) -> None:
    _ASKERS[name] = asker


def no_longer_meant(messages: Sequence[Asked], now: datetime) -> frozenset[int]:
    """Return which of these messages nobody means any more. Whose asker is not registered stands as it was asked."""
    by_asker: dict[str, list[Asked]] = defaultdict(list)
    for message in messages:
        name = message.asked_by.partition(":")[0]
        if name in _ASKERS:
            by_asker[name].append(message)
    return frozenset(pk for name, theirs in by_asker.items() for pk in _ASKERS[name](theirs, now))
