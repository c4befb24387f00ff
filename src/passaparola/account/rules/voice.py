"""The language a page speaks, as a value: what a rule needs to put an answer into words."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Protocol

_A_WEEK = 7


class Voice(Protocol):
    """One language. The messages of `gettext` are found by the translators' tools through its name."""

    @property
    def language(self) -> str: ...

    def gettext(self, text: str, /) -> str: ...

    def ngettext(self, one: str, many: str, count: int, /) -> str: ...

    def money(self, amount: Decimal, currency: str, /) -> str:
        """`€46.00`."""

    def weekday(self, day: date, /) -> str:
        """`Thursday`."""

    def long_day(self, day: date, today: date, /) -> str:
        """`Thursday 20 November`, with the year where it is another."""

    def short_day(self, day: date, today: date, /) -> str:
        """`16 Nov`."""

    def country(self, code: str, /) -> str:
        """`Italy`; the code where it is no country we know."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When the page is read, where the shop is, and in which language: days and times as people say them."""

    now: datetime
    zone: tzinfo
    voice: Voice

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    def is_near(self, day: date) -> bool:
        return abs((day - self.today).days) <= 1

    def day(self, day: date) -> str:
        """`today`, `tomorrow`, `yesterday`, `Thursday` within a week ahead, else `Thursday 20 November`."""
        distance = (day - self.today).days
        if distance == 0:
            return self.voice.gettext("today")
        if distance == 1:
            return self.voice.gettext("tomorrow")
        if distance == -1:
            return self.voice.gettext("yesterday")
        return self.voice.weekday(day) if 0 < distance < _A_WEEK else self.full_day(day)

    def full_day(self, day: date) -> str:
        return self.voice.long_day(day, self.today)

    def stamp(self, at: datetime, *, has_time: bool = True) -> str:
        """`Today, 10:12` or `16 Nov, 10:12`, in the time of `at` itself: the clock on the wall there."""
        day = at.date()
        name = first_upper(self.day(day)) if self.is_near(day) else self.voice.short_day(day, self.today)
        return f"{name}, {clock(at)}" if has_time else name

    def at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone)

    def midnight(self) -> datetime:
        """When `today` ends."""
        return self.at(self.today + timedelta(days=1), time())


def clock(at: datetime | time) -> str:
    """`10:12`: both our languages write it so."""
    return f"{at:%H:%M}"


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
