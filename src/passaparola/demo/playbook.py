"""The playbook, taken and switched on sixteen weeks ago, and what it has done since.

The journeys walk over the recorded past by their own rules (a dry run), the arbiter decides about their messages
by its own (a replay), and what comes of it is written down as it would have been. Nothing of it is sent: what
would have gone out stands there as sent then. Whoever is under way goes on live.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from passaparola.customers import actions as customers
from passaparola.customers.models import Customer
from passaparola.demo import said
from passaparola.demo.walkers import Walker, Walkers
from passaparola.journeys import actions
from passaparola.journeys.actions import moments, tallies
from passaparola.journeys.dry_run import dry_run
from passaparola.journeys.events import AnniversaryCame, BirthdayCame
from passaparola.journeys.models import Enrolment, Journey, Version
from passaparola.journeys.rules import entering
from passaparola.journeys.rules.document import Definition
from passaparola.journeys.shelf import shelf
from passaparola.kernel.events import emit
from passaparola.kernel.models import EventRecord
from passaparola.stores.models import Member, Store

WEEKS = 16
"""Long enough for goals of sixty days to be over for some."""
ONE_IN = 4
"""So many customers have told their birthday."""


@transaction.atomic
def take(store: Store, *, by: Member, now: datetime) -> None:
    """Do all this once."""
    if Journey.objects.filter(store=store).exists():
        return
    since = now - timedelta(weeks=WEEKS)
    _birthdays(store, since)
    _days(store, since.date(), now)
    everybody = []
    for ready in shelf(by.language or store.language):
        version = actions.save(store, key=ready.key, document=ready.document, by=by, now=since)
        Version.objects.filter(pk=version.pk).update(made_at=since)
        actions.switch_on(version.journey, now=since)
        everybody += _walked(store, version, since, now)
    said.tell(store, everybody, by=by, now=now)


def _birthdays(store: Store, now: datetime) -> None:
    """Some have told theirs, without the year."""
    rng = Random(23)  # noqa: S311 - a made-up shop
    known = list(Customer.objects.filter(store=store, birthday="", merged_into=None).order_by("pk"))[::ONE_IN]
    for one in known:
        born = date(2024, 1, 1) + timedelta(days=rng.randrange(366))
        customers.tell_birthday(one, f"{born:%m-%d}", now=now)


def _days(store: Store, since: date, now: datetime) -> None:
    """Birthdays and anniversaries that came round meanwhile: told as history, so that nobody is written to now."""
    days = [since + timedelta(days=n) for n in range((now.date() - since).days)]
    for day in days:
        at = datetime.combine(day, time(), store.zone)
        came: list[BirthdayCame | AnniversaryCame] = [
            *moments.birthdays(store, day, at),
            *moments.anniversaries(store, day, at),
        ]
        emit([_as_history(one) for one in came], now=now)


def _as_history(one: BirthdayCame | AnniversaryCame) -> BirthdayCame | AnniversaryCame:
    return replace(one, is_history=True)


def _walked(store: Store, version: Version, since: datetime, now: datetime) -> list[said.Walked]:
    """Let everybody of these weeks walk through one journey, and write down where they are."""
    definition, walkers = version.definition, Walkers()
    dry_run(store, definition, journey_id=version.journey_id, since=since, until=now, witness=walkers)
    found = list(walkers.found.values())
    goals = _goals(store, definition, found)
    rows = [_row(store, version, definition, walker, goal) for walker, goal in zip(found, goals, strict=True)]
    made = Enrolment.objects.bulk_create(rows, batch_size=500)
    tallies.count(_passages(version.journey_id, found))
    return [said.Walked(row, walker) for row, walker in zip(made, found, strict=True)]


def _row(
    store: Store, version: Version, definition: Definition, walker: Walker, goal_at: datetime | None
) -> Enrolment:
    key = entering.entry_key(
        definition.again,
        event_key=walker.event_key,
        order_id=walker.order_id,
        customer_id=walker.customer_id,
        last=int(walker.begun_at.timestamp()),
    )
    return Enrolment(
        store=store,
        journey_id=version.journey_id,
        version=version,
        customer_id=walker.customer_id,
        row_id=walker.customer_id,
        order_id=walker.order_id,
        parcel_id=walker.parcel_id,
        event_key=walker.event_key,
        entry_key=key,
        position=walker.position,
        since_at=walker.since,
        due_at=walker.due_at,
        waits_for=f",{','.join(walker.waits_for)}," if walker.waits_for else "",
        hops=walker.hops,
        begun_at=walker.begun_at,
        entered_at=walker.begun_at,
        held_out_at=walker.begun_at if walker.is_held_out else None,
        goal_until=walker.begun_at + definition.goal.within if definition.goal else None,
        goal_at=goal_at,
        ended_at=walker.ended_at,
        ended_by=walker.ended_by,
        path=[(step, way, at.isoformat()) for step, way, at in walker.path],
    )


def _goals(store: Store, definition: Definition, found: Sequence[Walker]) -> list[datetime | None]:
    """When each of them reached the goal; those who were left alone as well."""
    goal = definition.goal
    if goal is None:
        return [None] * len(found)
    events = EventRecord.objects.filter(
        store_id=store.pk, kind__in=goal.on.kinds, customer_id__in={one.customer_id for one in found}
    )
    times: dict[int, list[datetime]] = {}
    for customer, at in events.order_by("happened_at").values_list("customer_id", "happened_at"):
        times.setdefault(customer or 0, []).append(at)
    return [
        next(
            (at for at in times.get(one.customer_id, ()) if one.begun_at < at <= one.begun_at + goal.within),
            None,
        )
        for one in found
    ]


def _passages(journey_id: int, found: Iterable[Walker]) -> tallies.Passages:
    counted: tallies.Passages = Counter()
    for one in found:
        counted[journey_id, "", "held_out" if one.is_held_out else "entered"] += 1
        counted.update((journey_id, step, way) for step, way, _ in one.path if way)
        if one.ended_by == "finished":
            counted[journey_id, "", "finished"] += 1
        elif one.ended_by and not one.is_held_out:
            counted[journey_id, one.position, f"!{one.ended_by}"] += 1
    return counted
