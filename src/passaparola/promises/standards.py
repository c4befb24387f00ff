"""What each shop promises as a rule, loaded for a batch: two statements, whatever its size."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from passaparola.promises.kind import KINDS, Pace, kind_of
from passaparola.promises.models import OpeningHours, Standard
from passaparola.promises.rules import opening
from passaparola.promises.rules.opening import Opening
from passaparola.stores.models import Store
from passaparola.tracking.rules.holidays import is_holiday

Asked = tuple[int, str, datetime]
"""Store, kind, and since when."""


def due(asked: Sequence[Asked]) -> dict[Asked, datetime]:
    """Return when each is due by its shop's standard, hours and holidays."""
    if not asked:
        return {}
    years = {at.year + more for *_, at in asked for more in (-1, 0, 1, 2)}
    openings = openings_of({store for store, *_ in asked}, years=years)
    stated = amounts({store for store, *_ in asked})
    return {
        (store, kind, at): due_at(kind, at, opening=openings[store], amount=stated.get((store, kind)))
        for store, kind, at in asked
    }


def due_at(kind: str, since: datetime, *, opening: Opening, amount: int | None = None) -> datetime:
    """Return when such a promise made then is due; `amount` is the shop's own standard."""
    about = kind_of(kind)
    many = about.amount if amount is None else amount
    if about.pace is Pace.OPEN_HOURS:
        return _opening.after_open_hours(since, timedelta(hours=many), opening)
    if about.pace is Pace.WORKING_DAYS:
        return _opening.after_working_days(since, many, opening)
    return _opening.after_days(since, many, opening.zone)


_opening = opening


def amounts(stores: Collection[int]) -> dict[tuple[int, str], int]:
    rows = Standard.objects.filter(store__in=stores).values_list("store_id", "kind", "amount")
    return {(store, kind): amount for store, kind, amount in rows if kind in KINDS}


def openings_of(stores: Collection[int], *, years: Collection[int]) -> dict[int, Opening]:
    """Return the shops' hours, with their countries' holidays of these years."""
    hours = OpeningHours.objects.in_bulk(stores)
    return {store.pk: _of(store, hours.get(store.pk), years) for store in Store.objects.filter(pk__in=stores)}


def opening_of(store: Store, *, now: datetime) -> Opening:
    return openings_of({store.pk}, years=range(now.year - 1, now.year + 3))[store.pk]


def _of(store: Store, hours: OpeningHours | None, years: Collection[int]) -> Opening:
    closed = {date.fromisoformat(day) for day in hours.closed} if hours else set()
    for year in years:
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        closed.update(day for day in days if is_holiday(day, store.country))
    week = opening.read_week(hours.week) if hours and hours.week else opening.USUAL
    return Opening(zone=store.zone, week=week, closed=frozenset(closed))
