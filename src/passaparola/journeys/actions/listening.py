"""Who listens: the versions of journeys that events may start or move, and what the events are about."""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, Q

from passaparola.journeys.models import Version
from passaparola.journeys.models.journey import definition_of
from passaparola.journeys.rules.document import Definition
from passaparola.journeys.rules.settings import DocumentError
from passaparola.kernel.events import BASE_FIELDS, Event
from passaparola.segments import queries
from passaparola.segments.rules.condition import EVERYBODY, Condition
from passaparola.stores.models import Store

logger = logging.getLogger(__name__)


class Listener(NamedTuple):
    """A version of a journey that somebody may enter, or is in."""

    version_id: int
    journey_id: int
    store_id: int
    is_open: bool
    """Whether people enter it."""
    definition: Definition


def listeners_of(stores: set[int], batch: Sequence[Event]) -> list[Listener]:
    kinds = {type(event).__name__ for event in batch}
    versions = Version.objects.filter(
        journey__store__in=stores, journey__archived_at=None, retired_at=None
    ).order_by("journey_id", "pk")
    is_live = Q(pk=F("journey__live")) & Q(journey__switched_on_at__isnull=False)
    found = []
    for pk, journey, store, document, is_open in versions.annotate(is_open=is_live).values_list(
        "pk", "journey_id", "journey__store_id", "document", "is_open"
    ):
        try:
            definition = definition_of(pk, document)
        except DocumentError as error:
            logger.error("Version %s of journey %s can't be read: %s", pk, journey, error)  # noqa: TRY400 - a sentence says it
            continue
        if definition.listens & kinds:
            found.append(Listener(pk, journey, store, bool(is_open), definition))
    return found


class Person(NamedTuple):
    row_id: int
    person_id: int
    is_erased: bool


class Told:
    """A batch of events with the people they are about."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = events

    def of(self, listener: Listener, kinds: Sequence[str]) -> list[Event]:
        return [e for e in self.events if e.store_id == listener.store_id and type(e).__name__ in kinds]

    @cached_property
    def _orders(self) -> dict[int, tuple[int | None, bool]]:
        from passaparola.orders.models import Order

        ids = [event.order_id for event in self.events if event.order_id]
        rows = Order.objects.filter(pk__any=ids).values_list("pk", "customer_id", "is_test", "deleted_at")
        return {
            pk: (customer, is_test or deleted_at is not None) for pk, customer, is_test, deleted_at in rows
        }

    @cached_property
    def _people(self) -> dict[int, Person]:
        from passaparola.customers.models import Customer

        ids = {pk for event in self.events if (pk := self._row(event))}
        rows = Customer.objects.filter(pk__any=ids).values_list(
            "pk", "merged_into", "erased_at", "merged_into__erased_at"
        )
        return {
            pk: Person(pk, root or pk, bool(erased or root_erased)) for pk, root, erased, root_erased in rows
        }

    def _row(self, event: Event) -> int | None:
        return event.customer_id or self._orders.get(event.order_id or 0, (None, False))[0]

    def person(self, event: Event) -> Person | None:
        """Who it is about, as they are known now."""
        return self._people.get(self._row(event) or 0)

    def is_real(self, event: Event) -> bool:
        return not self._orders.get(event.order_id or 0, (None, False))[1]


def data_of(event: Event) -> dict[str, Any]:
    return {name: value for name, value in asdict(event).items() if name not in BASE_FIELDS}


def parcel_of(event: Event) -> int | None:
    return event.subject_id if type(event).__name__.startswith("Parcel") else None


def true_of(
    listener: Listener, condition: Condition, asked: Sequence[tuple[int, int, Event]], now: datetime
) -> set[int]:
    """Return the keys of those of whom it is true: key, person, and the event that tells more."""
    if condition == EVERYBODY:
        return {key for key, _, _ in asked}
    rows = [
        queries.Asked(
            key=key,
            customer_id=person,
            order_id=event.order_id,
            parcel_id=parcel_of(event),
            at=now,
            data=data_of(event),
        )
        for key, person, event in asked
    ]
    return queries.matching(Store.objects.get(pk=listener.store_id), condition, rows)
