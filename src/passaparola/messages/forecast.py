"""How many messages go out by themselves on which day: what was sent, what waits, what others know will be asked for.

A concept that will ask for messages later (journeys with their due enrolments) registers here in its
`AppConfig.ready()`; the calendar adds everything up.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passaparola.stores.models import Store

Count = Callable[[Store, date, date], Mapping[date, int]]
"""Given the store and the first and last day (of the store's own): how many messages on which."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that will be said."""

    label: str | Promise
    count: Count


LONGEST_WAIT = timedelta(days=90)
_SOURCES: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    _SOURCES[name] = source


def forecast(store: Store, first: date, last: date) -> list[tuple[Source, Mapping[date, int]]]:
    """Return for each source what it foresees from `first` to `last`."""
    return [(source, source.count(store, first, last)) for source in _SOURCES.values()]


def waiting(store: Store, first: date, last: date) -> Counter[date]:
    """Count what was asked for and waits for its time, by the store's days."""
    start = datetime.combine(first, time(), store.zone)
    end = datetime.combine(last + timedelta(days=1), time(), store.zone)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (due_at AT TIME ZONE %s)::date, count(*) FROM outgoing_message
             WHERE sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL AND claimed_at IS NULL
               AND due_at >= %s AND due_at < %s AND store_id = %s GROUP BY 1
            """,
            [store.zone.key, start, end, store.pk],
        )
        return Counter(dict(cursor.fetchall()))


def sent(store: Store, first: date, last: date) -> Counter[date]:
    """Count what was sent beside what belongs to orders. It is found by when it was asked for: nothing waits longer."""
    start = datetime.combine(first, time(), store.zone)
    end = datetime.combine(last + timedelta(days=1), time(), store.zone)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (sent_at AT TIME ZONE %s)::date, count(*) FROM outgoing_message
             WHERE store_id = %s AND asked_at >= %s AND purpose <> 'transactional'
               AND sent_at >= %s AND sent_at < %s GROUP BY 1
            """,
            [store.zone.key, store.pk, start - LONGEST_WAIT, start, end],
        )
        return Counter(dict(cursor.fetchall()))


register("sent", Source(_("already sent"), sent))
register("waiting", Source(_("waiting for their time"), waiting))
