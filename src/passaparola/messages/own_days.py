"""Which days of their own people will be written to on: known ahead, so that nothing takes the place of a card.

The concept that writes such cards (journeys) says here, from its `AppConfig.ready()`, which shops keep which days.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from passaparola.messages.people import PersonRow
from passaparola.messages.rules.own_days import Dates, coming_round, in_order
from passaparola.messages.rules.values import OwnDay, Purpose

Kept = Mapping[int, Mapping[str, Purpose]]
"""By store: `birthday` or `anniversary`, and what for the card is."""
Keeper = Callable[[Collection[int]], Kept]

_KEEPERS: list[Keeper] = []


def register(keeper: Keeper) -> None:
    _KEEPERS.append(keeper)


def days_of(
    people: Sequence[PersonRow], zones: Mapping[int, ZoneInfo], *, now: datetime, ahead: timedelta
) -> dict[int, tuple[OwnDay, ...]]:
    """Return the days of these people from today to so far ahead, by person; who has none is left out.

    Most have none within some weeks: shops are asked what they keep only where somebody has.
    """
    coming: dict[int, list[tuple[int, str, date]]] = defaultdict(list)
    for person in people:
        if not person.birthday and person.first_order_at is None:
            continue
        zone = zones[person.store_id]
        today = now.astimezone(zone).date()
        started = person.first_order_at.astimezone(zone).date() if person.first_order_at else None
        # A day more on both sides: theirs may begin before the shop's, or end after it.
        first, last = today - timedelta(days=1), today + ahead + timedelta(days=1)
        for name, day in coming_round(Dates(person.birthday, started), first, last):
            coming[person.store_id].append((person.pk, name, day))
    kept = _kept(coming) if coming else {}
    found: dict[int, list[OwnDay]] = defaultdict(list)
    for store, days in coming.items():
        for pk, name, day in days:
            if purpose := kept.get(store, {}).get(name):
                found[pk].append(OwnDay(day, purpose))
    return {pk: in_order(days) for pk, days in found.items()}


def _kept(stores: Collection[int]) -> Kept:
    found: dict[int, dict[str, Purpose]] = defaultdict(dict)
    for keeper in _KEEPERS:
        for store, days in keeper(stores).items():
            found[store] |= days
    return found
