"""Who reads deliveries: each role (connector, carrier) registers its kinds and what records them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from passaparola.inbound.models import Connection, Delivery, Outcome
from passaparola.inbound.source import Posted, Source, UnreadableError


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one delivery; `reason` is a sentence, empty where it was simply recorded."""

    outcome: Outcome
    reason: str = ""


Handler = Callable[[Sequence[Delivery], datetime], list[Read]]
"""Records a batch in the caller's transaction; one answer per delivery, in order."""


@dataclass(frozen=True, slots=True)
class Role:
    kinds: Mapping[str, Source]
    record: Handler


ROLES: dict[str, Role] = {}


def register(role: str, kinds: Mapping[str, Source], record: Handler) -> None:
    ROLES[role] = Role(kinds, record)


Told = TypeVar("Told")
Told_co = TypeVar("Told_co", covariant=True)


class Translator(Protocol[Told_co]):
    """A kind, as far as reading a delivery goes."""

    def read(self, posted: Posted, /) -> Told_co:
        """Raises UnreadableError."""


def read_each(
    deliveries: Sequence[Delivery],
    kinds: Mapping[str, Translator[Told]],
    keep: Callable[[Connection, Told], Read],
) -> list[Read]:
    """Translate a batch and hand each translation to `keep`; what can't be read doesn't hold up the rest."""
    outcomes = []
    for delivery in deliveries:
        posted = Posted(delivery.headers, bytes(delivery.body), delivery.received_at)
        try:
            told = kinds[delivery.connection.kind].read(posted)
        except UnreadableError as error:
            outcomes.append(Read(Outcome.FAILED, str(error)))
        else:
            outcomes.append(keep(delivery.connection, told))
    return outcomes
