"""A world that is made up: facts as values, for tests of rules and steps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from passaparola.journeys.rules.values import Happened, Place, Standing
from passaparola.segments.rules.condition import Condition

FAENZA = Place(ZoneInfo("Europe/Rome"), "IT")


@dataclass
class MadeUpWorld:
    true_of: set[int] = field(default_factory=set)
    happens: dict[int, datetime] = field(default_factory=dict)
    known: dict[int, datetime] = field(default_factory=dict)
    place: Place = FAENZA

    def __init__(
        self,
        true_of: set[int] | None = None,
        happened: Mapping[int, datetime] | None = None,
        known: Mapping[int, datetime] | None = None,
        place: Place = FAENZA,
    ) -> None:
        self.true_of, self.happens = true_of or set(), dict(happened or {})
        self.known, self.place = dict(known or {}), place

    def matching(self, condition: Condition, batch: Sequence[Standing]) -> set[int]:
        return {s.id for s in batch if s.id in self.true_of}

    def happened(
        self,
        kinds: Sequence[str],
        batch: Sequence[Standing],
        since: Mapping[int, datetime],
        *,
        about_order: bool,
    ) -> Mapping[int, Happened]:
        return {
            s.id: Happened(kinds[0], at, {})
            for s in batch
            if (at := self.happens.get(s.id)) and since[s.id] < at <= s.now
        }

    def moments(self, what: str, batch: Sequence[Standing]) -> Mapping[int, datetime]:
        return {s.id: self.known[s.id] for s in batch if s.id in self.known}

    def places(self, batch: Sequence[Standing]) -> Mapping[int, Place]:
        return defaultdict(lambda: self.place)
