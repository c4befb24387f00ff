"""The clock of a shop: when it is open, and when a promise made now is due. Values in, answers out.

Spans are counted in real time, so that a period across a change of the clocks has an hour more or less;
days end at midnight there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

Period = tuple[time, time]
_USUAL_DAY: tuple[Period, ...] = ((time(9), time(13)), (time(14, 30), time(18, 30)))
USUAL: tuple[tuple[Period, ...], ...] = (_USUAL_DAY,) * 5 + ((), ())
"""Monday to Friday, with lunch."""
FAR = 400
"""Days to look ahead: a shop that does not open for longer has closed for good."""


class NeverOpenError(ValueError):
    """The shop has no hour in which anything could be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """When somebody is there."""

    zone: tzinfo
    week: tuple[tuple[Period, ...], ...] = USUAL
    closed: frozenset[date] = frozenset()
    """Holidays and the shop's own days off."""

    def is_working(self, day: date) -> bool:
        return bool(self.week[day.weekday()]) and day not in self.closed

    def periods(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Return the open hours of a day as moments; one that the change of clocks swallowed is left out."""
        if not self.is_working(day):
            return
        for start, end in self.week[day.weekday()]:
            opens, shuts = _moment(day, start, self.zone), _moment(day, end, self.zone)
            if end == time():  # until midnight
                shuts = _moment(day + timedelta(days=1), time(), self.zone)
            if opens < shuts:
                yield opens, shuts

    def is_open(self, at: datetime) -> bool:
        return any(opens <= at < shuts for opens, shuts in self.periods(at.astimezone(self.zone).date()))


@lru_cache(maxsize=4096)
def _moment(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def after_open_hours(since: datetime, span: timedelta, opening: Opening) -> datetime:
    """Return when so much open time has passed; a span that ends at closing time is due then, not tomorrow."""
    left = span
    for opens, shuts in _from(since, opening):
        start = max(opens, since)
        if left <= shuts - start:
            return start + left
        left -= shuts - start
    raise NeverOpenError("The shop is never open in the coming year.")


def open_time(since: datetime, until: datetime, opening: Opening) -> timedelta:
    """Return how much open time lies between two moments."""
    total = timedelta(0)
    for opens, shuts in _from(since, opening):
        if opens >= until:
            break
        total += max(min(shuts, until) - max(opens, since), timedelta(0))
    return total


def after_working_days(since: datetime, days: int, opening: Opening) -> datetime:
    """Return the end of the last of so many working days; the day itself counts as none, as in law.

    0 days: the end of the same day, or of the next working day where it is none.
    """
    day = since.astimezone(opening.zone).date()
    left = days if opening.is_working(day) or days else 1
    for ahead in range(1, FAR):
        if left <= 0:
            break
        candidate = day + timedelta(days=ahead)
        left -= opening.is_working(candidate)
        if left <= 0:
            day = candidate
            break
    else:
        raise NeverOpenError("The shop has no working day in the coming year.")
    return end_of(day, opening.zone)


def after_days(since: datetime, days: int, zone: tzinfo) -> datetime:
    """Return the end of the last of so many days of the calendar, the day itself not counted."""
    return end_of(since.astimezone(zone).date() + timedelta(days=days), zone)


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which a day is over there."""
    return _moment(day + timedelta(days=1), time(), zone)


def _from(since: datetime, opening: Opening) -> Iterator[tuple[datetime, datetime]]:
    """Yield the periods that are not over by then, the one under way first."""
    first = since.astimezone(opening.zone).date() - timedelta(days=1)
    for ahead in range(FAR):
        for opens, shuts in opening.periods(first + timedelta(days=ahead)):
            if shuts > since:
                yield opens, shuts


def read_week(given: Sequence[Sequence[Sequence[str]]]) -> tuple[tuple[Period, ...], ...]:
    """Return a week from its stored form; of what can't be read the usual week."""
    try:
        week = tuple(
            tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in day) for day in given
        )
    except (TypeError, ValueError):
        return USUAL
    return week if len(week) == len(USUAL) else USUAL
