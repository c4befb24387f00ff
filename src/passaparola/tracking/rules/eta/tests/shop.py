"""A small shop whose parcels take as long as a seed says: what the tests learn from."""

import random
from datetime import date, datetime, timedelta

from passaparola.tracking.rules.eta.lane import Delivered, Lane, Shipment

MONDAY = date(2026, 3, 2)
MILAN = Lane("brt", "standard", "IT", "20")
BERLIN = Lane("dhl", "standard", "DE", "10")


def next_working(day: date, count: int) -> date:
    """Go so many days on that are no weekend."""
    while count > 0 or day.weekday() >= 5:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def delivered(count: int, *, seed: int = 1, lane: Lane = MILAN, slower: int = 0) -> list[Delivered]:
    """Return parcels of half a year: a day or two of packing, then one to five working days of travel."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        ordered = MONDAY - timedelta(days=chance.randrange(1, 180))
        handed_over = next_working(ordered, chance.choice((0, 0, 1, 1, 1, 2)))
        took = chance.choices((1, 2, 3, 4, 5), (40, 30, 15, 10, 5))[0] + slower
        arrived = next_working(handed_over, took)
        found.append(parcel(ordered, handed_over, arrived, lane=lane))
    return found


def parcel(ordered: date, handed_over: date, arrived: date, *, lane: Lane = MILAN) -> Delivered:
    return Delivered(
        lane=lane,
        origin="IT",
        ordered_on=ordered,
        handed_over_on=handed_over,
        tour_on=arrived,
        arrived_on=arrived,
    )


def at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001 - local at the destination


def shipment(
    ordered: date = MONDAY, handed_over: date | None = None, tour: date | None = None, lane: Lane = MILAN
) -> Shipment:
    return Shipment(lane=lane, origin="IT", ordered_on=ordered, handed_over_on=handed_over, tour_on=tour)
