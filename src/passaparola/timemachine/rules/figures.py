"""What became of a stretch of time, counted: as it really was, and as it would have been."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from passaparola.messages.rules.busiest import busiest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message that went out, or would have."""

    person: int
    kind: str
    at: datetime
    channel: str = "email"
    coupon: str = ""
    cost: Decimal | None = Decimal(0)
    """None: nobody knows the price."""


class Share(NamedTuple):
    """What went by one channel."""

    letters: int = 0
    cost: Decimal = Decimal(0)
    unpriced: int = 0


NO_SHARE = Share()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """One side of the comparison."""

    letters: int = 0
    people: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    by_day: Counter[date] = field(default_factory=Counter)
    by_channel: dict[str, Share] = field(default_factory=dict)
    busiest_person: int | None = None
    """Who got most in any seven days; of equal ones who was known first."""
    busiest_week: int = 0
    busiest_day: date | None = None
    busiest_day_letters: int = 0
    cost: Decimal = Decimal(0)
    unpriced: int = 0
    coupons: int = 0


def tale_of(letters: Sequence[Letter], zone: ZoneInfo) -> Tale:
    """Count letters; days are those of the shop."""
    by_day = Counter(letter.at.astimezone(zone).date() for letter in letters)
    times: dict[int, list[datetime]] = defaultdict(list)
    for letter in letters:
        times[letter.person].append(letter.at)
    person, week = busiest_of(times)
    day, most = max(by_day.items(), key=lambda pair: (pair[1], pair[0]), default=(None, 0))
    return Tale(
        letters=len(letters),
        people=len(times),
        by_kind=Counter(letter.kind for letter in letters),
        by_day=by_day,
        by_channel=_shares(letters),
        busiest_person=person,
        busiest_week=week,
        busiest_day=day,
        busiest_day_letters=most,
        cost=sum((letter.cost for letter in letters if letter.cost is not None), Decimal(0)),
        unpriced=sum(letter.cost is None for letter in letters),
        coupons=sum(bool(letter.coupon) for letter in letters),
    )


def _shares(letters: Sequence[Letter]) -> dict[str, Share]:
    found: dict[str, Share] = {}
    for one in letters:
        before = found.get(one.channel, NO_SHARE)
        cost = before.cost + (one.cost or 0)
        found[one.channel] = Share(before.letters + 1, cost, before.unpriced + (one.cost is None))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One person for whom it would have been another story."""

    person: int
    really: tuple[Letter, ...]
    would: tuple[Letter, ...]

    @property
    def size(self) -> int:
        return abs(len(self.would) - len(self.really))


def differences(really: Sequence[Letter], would: Sequence[Letter]) -> list[Difference]:
    """Return the people who would have got other letters, or on another day; the most different first."""
    sides: dict[int, tuple[list[Letter], list[Letter]]] = defaultdict(lambda: ([], []))
    for side, letters in enumerate((really, would)):
        for letter in letters:
            sides[letter.person][side].append(letter)
    found = [
        Difference(person=person, really=_ordered(was), would=_ordered(will))
        for person, (was, will) in sides.items()
        if _what(was) != _what(will)
    ]
    return sorted(found, key=lambda one: (-one.size, one.person))


def _ordered(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    return tuple(sorted(letters, key=lambda letter: letter.at))


def _what(letters: Iterable[Letter]) -> Counter[tuple[str, date]]:
    return Counter((letter.kind, letter.at.date()) for letter in letters)


def agreement(really: Sequence[Letter], again: Sequence[Letter]) -> float | None:
    """Return how much of what went out the machine tells as it was when nothing is changed; None for nothing.

    The share of letters (person, kind) of both sides that the other side has too. What is missing is what the
    past no longer knows: how a parcel stood then, a mail server that was away.
    """
    was = Counter((letter.person, letter.kind) for letter in really)
    told = Counter((letter.person, letter.kind) for letter in again)
    all_ = was.total() + told.total()
    return 2 * (was & told).total() / all_ if all_ else None
