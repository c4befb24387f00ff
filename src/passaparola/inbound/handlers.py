"""Who reads deliveries: each role (connector, carrier) registers its kinds and what records them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from passaparola.inbound.models import Delivery, Outcome
from passaparola.inbound.source import Source


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
