"""How a shop wants to speak: how often, when not, and what must be quiet first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from passaparola.messages.rules.values import WANTED, Purpose, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """So many messages of these purposes to one person, over all channels, in any `days` days on end.

    Any window, not a calendar week: two on Sunday night and two on Monday morning are four to who gets them.
    """

    name: str
    purposes: frozenset[Purpose]
    most: int
    days: int

    @property
    def window(self) -> timedelta:
        return timedelta(days=self.days)

    def frees_at(self, said: Iterable[Said], now: datetime) -> datetime | None:
        """Return when there is room for one more; None where there is room now."""
        since = now - self.window
        times = [
            one.sent_at
            for one in said
            if one.sent_at > since and one.purpose in self.purposes and not one.is_merged
        ]
        if len(times) < self.most:
            return None
        times.sort(reverse=True)
        return times[self.most - 1] + self.window


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """While one of these troubles is open, and for some days of calm after it, we want nothing of the person."""

    name: str
    troubles: frozenset[str]
    calm_days: int


def cap(name: str, *purposes: Purpose, most: int, days: int) -> Cap:
    return Cap(name=name, purposes=frozenset(purposes), most=most, days=days)


def guard(name: str, *troubles: str, calm_days: int) -> Guard:
    return Guard(name=name, troubles=frozenset(troubles), calm_days=calm_days)


CAPS = (
    cap("service", Purpose.SERVICE, most=5, days=1),
    cap("ask", Purpose.ASK, most=1, days=14),
    cap("offer", Purpose.OFFER, most=2, days=14),
    cap("news", Purpose.NEWS, most=1, days=7),
    cap("all", *WANTED, most=3, days=14),
)
"""What a shop starts with. Too many mails are the first reason people give for unsubscribing (MarketingSherpa, 2,400
US consumers, 2017: 26 % too many in general, 19 % from this company), and once a week is what most like best (Mapp
Digital, 2016: 40 %). One question a fortnight is about what a friend would ask. The cap on service is a
dam against storms (a carrier that changes its mind by the hour), far above what an order ever needs."""
GUARDS = (
    guard(
        "parcel",
        "late_parcel",
        "stalled_parcel",
        "lost_parcel",
        "returning_parcel",
        "overdue_order",
        calm_days=2,
    ),
    guard("return", "return", "refund_owed", calm_days=3),
    guard("complaint", "complaint", "low_score", "bad_review", calm_days=14),
    guard("case", "case", "broken_promise", "endangered_promise", "damaged", calm_days=7),
)
"""Asking somebody who waits for a late parcel how they like it turns a delay into a bad review: what came
last colours what is remembered, and a request for praise in the middle of trouble reads as mockery."""
ANY_OTHER = "case"
"""The guard for troubles of a kind that no guard names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How this shop wants it."""

    quiet_from: time = time(21)
    quiet_until: time = time(8)
    caps: tuple[Cap, ...] = CAPS
    guards: tuple[Guard, ...] = GUARDS
    repeat_days: int = 30
    """For how long nobody is asked, offered or told the same thing again; a question: about the same order."""
    is_paused: bool = False
    """Too much came back: what we want waits until somebody has seen to it."""
    gather_minutes: int = 10
    """How long the first news of an order with several parcels waits for the others."""

    @property
    def looks_back(self) -> timedelta:
        """How much of what was said these rules have to know of."""
        return timedelta(days=max([self.repeat_days, LONGEST_FREQUENCY, *(one.days for one in self.caps)]))

    def guard_of(self, trouble: str) -> Guard | None:
        """Return the guard that minds this kind of trouble, or None where the shop switched it off."""
        by_name = {one.name: one for one in self.guards}
        named = next((one for one in GUARDS if trouble in one.troubles), None)
        return by_name.get(named.name if named else ANY_OTHER)


FREQUENCIES = {
    "weekly": cap("weekly", *WANTED, most=1, days=7),
    "monthly": cap("monthly", *WANTED, most=1, days=30),
}
"""What a person may choose for themselves; it holds beside the shop's own caps."""
LONGEST_FREQUENCY = max(one.days for one in FREQUENCIES.values())
