"""Days on which the bottega and the carriers work."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
_HOLIDAYS = frozenset(
    {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}
)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days. `today` always is one: whoever starts the demo on a Sunday still wants to see vans."""

    today: date

    def is_working(self, day: date) -> bool:
        return day == self.today or (day.weekday() <= _FRIDAY and (day.month, day.day) not in _HOLIDAYS)

    def after(self, day: date, count: int) -> date:
        """Return the working day so many after `day`."""
        for _ in range(count):
            day += timedelta(days=1)
            while not self.is_working(day):
                day += timedelta(days=1)
        return day

    def before(self, day: date, count: int) -> date:
        for _ in range(count):
            day -= timedelta(days=1)
            while not self.is_working(day):
                day -= timedelta(days=1)
        return day


def moment(rng: Random, day: date, earliest: float, latest: float) -> datetime:
    """Some moment of the day between two hours (8.5 is half past eight), in Faenza's time."""
    return at_hour(day, rng.uniform(earliest, latest))


def at_hour(day: date, hour: float) -> datetime:
    return datetime.combine(day, time(0), ROME) + timedelta(seconds=int(hour * 3600))
