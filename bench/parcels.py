"""A seeded year and a half of parcels whose truth is known: what `bench eta` learns from and is held against.

It is no clock of working time but a chain of depots, each of which may miss the night lorry, and a van that may
be full, find nobody, or not come on Saturdays. Carriers grow slower before Christmas and one of them for good;
Mondays have a backlog; a few parcels lie forgotten for weeks.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from passaparola.tracking.rules.eta.lane import Delivered, Lane
from passaparola.tracking.rules.holidays import is_holiday

START = date(2025, 3, 3)
CUT_OFF = time(12)


@dataclass(frozen=True, slots=True)
class Courier:
    """How a carrier works: depots on the way, and how often each keeps a parcel for another night."""

    depots: dict[str, int]
    missed: float
    saturdays: float
    """Share of the vans that drive on Saturdays."""
    forgotten: float = 0.008
    full: float = 0.06
    """Share of parcels for which there is no room on the van, and twice that before Christmas."""


COURIERS = {
    "brt": Courier({"IT": 1, "DE": 3, "FR": 3, "ES": 4}, missed=0.07, saturdays=0.0),
    "gls_it": Courier({"IT": 1, "DE": 2, "FR": 3, "ES": 4, "CH": 3}, missed=0.10, saturdays=0.5),
    "poste_it": Courier({"IT": 2, "CH": 5, "US": 8}, missed=0.22, saturdays=0.9, forgotten=0.02),
    "dhl": Courier({"DE": 1, "FR": 1, "ES": 2, "CH": 2, "US": 3}, missed=0.05, saturdays=0.1),
}
COUNTRIES = {"IT": 0.72, "DE": 0.09, "FR": 0.07, "ES": 0.05, "CH": 0.03, "US": 0.04}
ISLANDS = {"07", "08", "09", *(str(n) for n in range(90, 99))}
CHOSEN = {
    "IT": (("brt", 0.45), ("gls_it", 0.35), ("poste_it", 0.20)),
    "DE": (("gls_it", 0.5), ("dhl", 0.3), ("brt", 0.2)),
    "FR": (("gls_it", 0.5), ("dhl", 0.3), ("brt", 0.2)),
    "ES": (("brt", 0.4), ("gls_it", 0.3), ("dhl", 0.3)),
    "CH": (("poste_it", 0.4), ("gls_it", 0.3), ("dhl", 0.3)),
    "US": (("dhl", 0.6), ("poste_it", 0.4)),
}
SLOWER_CARRIER, SLOWER_FROM = "gls_it", date(2025, 11, 24)
"""From then on this one misses lorries twice as often, and nobody says so."""


def parcels(count: int, *, seed: int, days: int = 480) -> list[Delivered]:
    """Return delivered parcels in the order of their orders, the same for the same seed."""
    chance = random.Random(seed)
    dates = [START + timedelta(days=ahead) for ahead in range(days)]
    weights = [_busy(day) for day in dates]
    placed = sorted(
        datetime.combine(day, time(chance.choices(range(24), _HOURS)[0], chance.randrange(60)))
        for day in chance.choices(dates, weights, k=count)
    )
    return [_parcel(chance, ordered_at) for ordered_at in placed]


_HOURS = [1, 1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 6, 6, 6, 6, 6, 6, 6, 7, 8, 8, 5, 2]


def _busy(day: date) -> float:
    return (1.0, 0.9, 0.9, 0.9, 0.9, 0.7, 1.1)[day.weekday()] * (2.4 if _is_peak(day) else 1.0)


def _is_peak(day: date) -> bool:
    return (11, 20) <= (day.month, day.day) <= (12, 22)


def _parcel(chance: random.Random, ordered_at: datetime) -> Delivered:
    country = chance.choices(list(COUNTRIES), list(COUNTRIES.values()))[0]
    zone = f"{min(int(chance.expovariate(0.03)), 98):02}" if country == "IT" else str(chance.randrange(10))
    service = "express" if chance.random() < 0.15 else "standard"
    names, shares = zip(*CHOSEN[country], strict=True)
    carrier = chance.choices(names, shares)[0]
    ordered_on = ordered_at.date() + timedelta(days=1 if ordered_at.time() >= CUT_OFF else 0)
    handed_over = _handed_over(chance, ordered_on, service)
    lane = Lane(carrier, service, country, zone)
    moved_on, arrived = _carried(chance, lane, handed_over)
    return Delivered(
        lane=lane,
        origin="IT",
        ordered_on=ordered_on,
        handed_over_on=handed_over,
        tour_on=arrived,
        moved_on=moved_on,
        arrived_on=arrived,
    )


def _handed_over(chance: random.Random, ordered_on: date, service: str) -> date:
    """Return when the shop hands it over: slower on Mondays, in August and before Christmas."""
    *_, day = _open_days(ordered_on, 1)
    wait = 0.35 + 0.25 * (day.weekday() == 0) + 0.25 * _is_peak(day) + 0.3 * (day.month == 8)
    while chance.random() < wait * (0.4 if service == "express" else 1.0):
        *_, day = _open_days(day + timedelta(days=1), 1)
        wait *= 0.75
    return day


def _open_days(day: date, count: int) -> Iterator[date]:
    while count:
        if day.weekday() < 5 and not is_holiday(day, "IT"):
            count -= 1
            yield day
        day += timedelta(days=1)


def _carried(chance: random.Random, lane: Lane, handed_over: date) -> tuple[tuple[date, ...], date]:
    """Return the days on which a scan told that it moved, and the day on which somebody took it."""
    courier, country = COURIERS[lane.carrier], lane.country
    depots = courier.depots[country] + (country == "IT" and lane.zone in ISLANDS)
    missed = courier.missed * (0.5 if lane.service == "express" else 1.0)
    day, moved_on = handed_over, [handed_over]
    while depots:
        day += timedelta(days=1)
        if day.weekday() == 6 or is_holiday(day, country) or is_holiday(day, "IT"):
            continue
        late = missed * (2.0 if lane.carrier == SLOWER_CARRIER and day >= SLOWER_FROM else 1.0)
        late += 0.08 * _is_peak(day)
        if day.weekday() == 5 and chance.random() < 0.5:
            continue  # half of the depots rest on Saturdays
        if chance.random() >= late:
            depots -= 1
            moved_on.append(day)
    if chance.random() < courier.forgotten:
        day += timedelta(days=min(int(chance.paretovariate(1.1) * 3), 45))
    return tuple(moved_on), _brought(chance, courier, country, day)


def _brought(chance: random.Random, courier: Courier, country: str, day: date) -> date:
    while True:
        drives = (1.0,) * 5 + (courier.saturdays, 0.0)
        full = courier.full * (2 if _is_peak(day) else 1)
        is_off = is_holiday(day, country) or chance.random() >= drives[day.weekday()]
        if not is_off and chance.random() >= full and chance.random() >= 0.04:
            return day
        day += timedelta(days=1)
