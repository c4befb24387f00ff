"""Which days of their own people will be written to on: known ahead, so that nothing takes the place of a card.

The concept that writes such cards (journeys) says here, from its `AppConfig.ready()`, which shops keep which days.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from passaparola.messages.people import PersonRow
from passaparola.messages.rules.own_days import calendar, in_order
from passaparola.messages.rules.values import OwnDay, Purpose

Kept = Mapping[int, Mapping[str, Purpose]]
"""By store: `birthday` or `anniversary`, and what for the card is."""
Keeper = Callable[[Collection[int]], Kept]

_KEEPERS: list[Keeper] = []


def register(keeper: Keeper) -> None:
    _KEEPERS.append(keeper)


def days_of(
    people: Collection[PersonRow], zones: Mapping[int, ZoneInfo], *, now: datetime, ahead: timedelta
) -> dict[int, tuple[OwnDay, ...]]:
    """Return the days of these people from today to so far ahead, by person; who has none is left out.

    Asked for every batch of decisions: the calendar is made once a shop, and each person is looked up in it.
    """
    kept = _kept(zones)
    found: dict[int, tuple[OwnDay, ...]] = {}
    for store, days in kept.items():
        today = now.astimezone(zones[store]).date()
        # A day more on both sides: theirs may begin before the shop's, or end after it.
        coming = calendar(today - timedelta(days=1), today + ahead + timedelta(days=1))
        for person in people:
            if person.store_id == store and (own := _own(person, days, coming, zones[store])):
                found[person.pk] = own
    return found


def _own(
    person: PersonRow, kept: Mapping[str, Purpose], coming: Mapping[tuple[int, int], date], zone: ZoneInfo
) -> tuple[OwnDay, ...]:
    found = []
    if (purpose := kept.get("birthday")) and person.birthday:
        month, _, day = person.birthday.partition("-")
        if on := coming.get((int(month), int(day))):
            found.append(OwnDay(on, purpose))
    if (purpose := kept.get("anniversary")) and person.first_order_at:
        first = person.first_order_at.astimezone(zone)
        if (on := coming.get((first.month, first.day))) and on.year > first.year:
            found.append(OwnDay(on, purpose))
    return in_order(found) if found else ()


def _kept(stores: Collection[int]) -> Kept:
    found: dict[int, dict[str, Purpose]] = defaultdict(dict)
    for keeper in _KEEPERS:
        for store, days in keeper(stores).items():
            found[store] |= days
    return found
