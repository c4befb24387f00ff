"""One month of everything that is said: campaigns by day, what goes out by itself, and where it is too much."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext

from passaparola.campaigns import balance, crowding
from passaparola.campaigns.models import Campaign
from passaparola.campaigns.queries import going_out
from passaparola.campaigns.rules.beginning import not_then
from passaparola.campaigns.standing import STANDINGS, Standing, state_of
from passaparola.kernel.ui import formats
from passaparola.kernel.ui.formats import locale_for
from passaparola.messages.forecast import forecast
from passaparola.stores.models import Store

WEEK = 7
MORNING = time(10)
HOUR = timedelta(hours=1)
YEARS = 50
"""So far to either side there may be something to see; the first and the last year of all have no month beside them."""


@dataclass(frozen=True)
class Planned:
    """A campaign on its day."""

    campaign: Campaign
    standing: Standing
    people: int | None
    """How many will get it at most: its page asks the arbiter as well. None for one that has begun."""


@dataclass
class Day:
    date: date
    is_inside: bool
    is_today: bool
    is_past: bool
    planned: list[Planned] = field(default_factory=list)
    foreseen: list[tuple[str | Promise, int]] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.planned or self.foreseen or self.conflicts)

    @property
    def total(self) -> int:
        return sum(count for _label, count in self.foreseen)


@dataclass(frozen=True)
class Month:
    title: str
    before: str
    after: str
    days: list[Day]
    heads: list[str]
    balance: balance.Balance


def read_day(text: str, store: Store, now: datetime) -> datetime | None:
    """Return the morning of a day typed into the address; None where it is none on which a campaign may begin.

    Today after that hour it is the next full one.
    """
    try:
        at = datetime.combine(date.fromisoformat(text), MORNING, store.zone)
    except ValueError:
        return None
    here = now.astimezone(store.zone)
    if at.date() == here.date():
        at = max(at, here.replace(minute=0, second=0, microsecond=0) + HOUR)
    return None if not_then(at, now) else at


def month_of(store: Store, text: str, now: datetime) -> Month:
    """Return the month `2026-11`, or the one it is now in the shop."""
    today = now.astimezone(store.zone).date()
    first = _first(text, today)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    begins = first - timedelta(days=first.weekday())
    weeks = (last - begins).days // WEEK + 1
    days = [
        Day(day, first <= day <= last, day == today, day < today)
        for day in (begins + timedelta(days=number) for number in range(weeks * WEEK))
    ]
    _fill(store, days, now)
    language = get_language() or "en"
    return Month(
        title=format_date(first, "LLLL y", locale=locale_for(language)).capitalize(),
        before=f"{(first - timedelta(days=1)):%Y-%m}",
        after=f"{(last + timedelta(days=1)):%Y-%m}",
        days=days,
        heads=[
            format_date(begins + timedelta(days=number), "EEEE", locale=locale_for(language))
            for number in range(WEEK)
        ],
        balance=balance.balance(store, now),
    )


def _first(text: str, today: date) -> date:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if abs(first.year - today.year) <= YEARS else today.replace(day=1)


def _fill(store: Store, days: Sequence[Day], now: datetime) -> None:
    by_date = {day.date: day for day in days}
    start, end = days[0].date, days[-1].date
    campaigns = _campaigns(store, start, end)
    found = crowding.crowds(store, [one for one in campaigns if one.started_at is None], now)
    still = going_out(store, campaigns)
    for campaign in campaigns:
        day = by_date.get(_date(campaign, store))
        if day:
            people = found.people.get(campaign.pk)
            state = state_of(campaign, is_going_out=campaign.asked_by in still)
            day.planned.append(Planned(campaign, STANDINGS[state], people))
    for source, counts in forecast(store, start, end):
        for date_, count in counts.items():
            if count and date_ in by_date:
                by_date[date_].foreseen.append((source.label, count))
    for day in days:
        if not day.is_past:
            day.conflicts = _conflicts(day.date, [one.campaign for one in day.planned], found)


def _campaigns(store: Store, start: date, end: date) -> list[Campaign]:
    since, until = (datetime.combine(day, time(), store.zone) for day in (start, end + timedelta(days=1)))
    found = Campaign.objects.filter(store=store, starts_at__gte=since, starts_at__lt=until, cancelled_at=None)
    return list(found.select_related("template", "segment", "store").order_by("starts_at", "pk"))


def _date(campaign: Campaign, store: Store) -> date:
    return campaign.starts_at.astimezone(store.zone).date()  # type: ignore[union-attr]  # asked for by its time


def _conflicts(day: date, today: Sequence[Campaign], found: crowding.Crowds) -> list[str]:
    """Say in sentences who would get too much on this day, and what the arbiter will do about it."""
    crowded = [
        ngettext(
            "%(people)s person would get %(count)d messages on this day.",
            "%(people)s people would get %(count)d messages on this day.",
            people,
        )
        % {"people": _number(people), "count": count}
        for count, people in found.days.get(day, {}).items()
    ]
    return crowded + [
        ngettext(
            "%(people)s person of “%(name)s” will have had their share by then: the arbiter holds it back "
            "until there is room, and drops it where that would be too late.",
            "%(people)s people of “%(name)s” will have had their share by then: the arbiter holds it back "
            "until there is room, and drops it where that would be too late.",
            people,
        )
        % {"people": _number(people), "name": campaign.name}
        for campaign in today
        if (people := found.held.get(campaign.pk, 0))
    ]


def _number(value: int) -> str:
    return formats.number(value, get_language() or "en")
