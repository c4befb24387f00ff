"""Days that come round: once a day and store they become events that journeys can start from.

As the day begins in the shop, and not in its morning: further east it is noon by then, and who waits for the morning of
their own day there would get the card a day late.

Only those that some journey of the store listens to: a timeline full of birthdays nobody acts on helps nobody.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection, transaction

from passaparola.customers.models import Customer
from passaparola.journeys.events import AnniversaryCame, BirthdayCame, CustomerMissed
from passaparola.journeys.models import DayTold, Version
from passaparola.journeys.models.journey import definition_of
from passaparola.journeys.rules.rhythm import ShopRhythm, missed_after, shop_rhythm
from passaparola.journeys.rules.settings import DocumentError
from passaparola.kernel.events import Event, emit
from passaparola.orders.models import Order
from passaparola.stores.models import Store

BATCH = 500
SAMPLE = 3000
"""Customers whose gaps tell the shop's rhythm: more would change it by less than a day."""
LOOK_BACK = timedelta(days=3)
"""Whoever was to be missed longer ago is not made up for: a journey begins with the day it is switched on."""


def tell_days(now: datetime) -> int:
    """Tell one store's day; return how many events there were, or 1 for a day without any, 0 when all is told."""
    for store in Store.objects.order_by("pk"):
        local = now.astimezone(store.zone)
        with transaction.atomic():
            DayTold.objects.get_or_create(store=store, defaults={"day": local.date() - timedelta(days=1)})
            told = DayTold.objects.select_for_update(skip_locked=True).filter(
                store=store, day__lt=local.date()
            )
            if not told.exists():
                continue
            told.update(day=local.date())
            return max(1, sum(len(emit(batch, now=now)) for batch in _events(store, local.date(), now)))
    return 0


def _listened_to(store: Store) -> set[str]:
    kinds: set[str] = set()
    running = Version.objects.filter(journey__store=store, retired_at=None, journey__archived_at=None)
    for pk, document in running.exclude(journey__switched_on_at=None).values_list("pk", "document"):
        try:
            kinds |= definition_of(pk, document).listens
        except DocumentError:
            continue
    return kinds


def _events(store: Store, day: date, now: datetime) -> Iterator[list[Event]]:
    kinds = _listened_to(store)
    found: list[Event] = []
    if BirthdayCame.__name__ in kinds:
        found += birthdays(store, day, now)
    if AnniversaryCame.__name__ in kinds:
        found += anniversaries(store, day, now)
    if CustomerMissed.__name__ in kinds:
        found += _missed(store, now)
    for first in range(0, len(found), BATCH):
        yield found[first : first + BATCH]


def _days_of(day: date) -> list[str]:
    """Return the dates that are kept today: whoever was born on 29 February has a birthday each year."""
    is_eve_of_march = day.month == 2 and day.day == 28 and (day + timedelta(days=1)).month == 3  # noqa: PLR2004 - a date
    return [f"{day:%m-%d}", *(["02-29"] if is_eve_of_march else [])]


def _people(store: Store) -> Any:
    return Customer.objects.filter(store=store, erased_at=None).people()


def birthdays(store: Store, day: date, now: datetime) -> list[BirthdayCame]:
    """Whose birthday it is on that day."""
    born = _people(store).filter(birthday__in=_days_of(day)).values_list("pk", flat=True)
    return [
        BirthdayCame(store_id=store.pk, happened_at=now, key=f"birthday:{pk}:{day.year}", customer_id=pk)
        for pk in born
    ]


def anniversaries(store: Store, day: date, now: datetime) -> list[AnniversaryCame]:
    """Who ordered for the first time on that day of an earlier year."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id, %(year)s - extract(year FROM first_order_at AT TIME ZONE %(zone)s)::int FROM customers_customer
             WHERE store_id = %(store)s AND merged_into_id IS NULL AND erased_at IS NULL
               AND to_char(first_order_at AT TIME ZONE %(zone)s, 'MM-DD') = ANY(%(days)s)
               AND extract(year FROM first_order_at AT TIME ZONE %(zone)s)::int < %(year)s
            """,
            {"store": store.pk, "zone": store.zone.key, "days": _days_of(day), "year": day.year},
        )
        rows = cursor.fetchall()
    return [
        AnniversaryCame(
            store_id=store.pk,
            happened_at=now,
            key=f"anniversary:{pk}:{day.year}",
            customer_id=pk,
            years=years,
        )
        for pk, years in rows
    ]


def rhythm_of(store: Store) -> ShopRhythm | None:
    """Learn how often people come back here, from the orders of some who did."""
    came_back = list(_people(store).filter(orders_count__gte=2).values_list("pk", flat=True))
    if len(came_back) > SAMPLE:
        came_back = random.Random(store.pk).sample(came_back, SAMPLE)  # noqa: S311 - no secret
    placed: dict[int, list[datetime]] = defaultdict(list)
    orders = Order.objects.real().filter(customer__any=came_back, cancelled_at=None, is_test=False)
    for customer, at in orders.order_by("placed_at").values_list("customer_id", "placed_at"):
        if customer and at:
            placed[customer].append(at)
    return shop_rhythm([_gaps(times) for times in placed.values()])


def _gaps(times: Sequence[datetime]) -> list[float]:
    """Return the days between orders; two on one day are one purchase."""
    days = [(later - earlier).total_seconds() / 86_400 for earlier, later in pairwise(times)]
    return [gap for gap in days if gap >= 1]


def _missed(store: Store, now: datetime) -> list[Event]:
    shop = rhythm_of(store)
    if shop is None:
        return []
    bought = _people(store).filter(last_order_at__isnull=False, orders_count__gte=1)
    rows = bought.values_list("pk", "orders_count", "first_order_at", "last_order_at")
    found: list[Event] = []
    for pk, count, first, last in rows.iterator(chunk_size=5000):
        gaps = count - 1
        own = (last - first).total_seconds() / 86_400 / gaps if gaps else None
        at = last + timedelta(days=missed_after(own, gaps, shop))
        if now - LOOK_BACK < at <= now:
            key = f"missed:{pk}:{last.date()}"
            found.append(
                CustomerMissed(
                    store_id=store.pk,
                    happened_at=at,
                    key=key,
                    customer_id=pk,
                    days=(now - last).days,
                    orders=count,
                )
            )
    return found
