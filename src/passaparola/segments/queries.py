"""Who a condition is true of, always asked anew."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from passaparola.customers.models import Customer
from passaparola.segments.choices import known
from passaparola.segments.rules import sql
from passaparola.segments.rules.condition import Condition, ConditionError, Group, parse
from passaparola.stores.models import Store

EXAMPLES = 5


def read(tree: object) -> Condition:
    """Read a tree with the words this installation knows. Raises ConditionError.

    What only an event tells can't be asked of everybody: there is no event.
    """
    condition = parse(tree, known=known())
    if told := next(_told_by_events(condition), None):
        raise ConditionError("“%(field)s” is told by an event: only journeys can ask for it.", field=told)
    return condition


def _told_by_events(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Group):
        for part in condition.parts:
            yield from _told_by_events(part)
    elif condition.field.type == "event":
        yield condition.field.key


def count(store: Store, condition: Condition, now: datetime) -> int:
    """How many people it is true of."""
    text, params = _everybody(store, condition, now, "count(*)")
    return int(_of_everybody(text, params)[0][0])


def some_of(store: Store, condition: Condition, now: datetime, limit: int) -> tuple[int, list[int]]:
    """How many people it is true of, and the ids of so many of them: drawn by their number, so the same ones again."""
    text, params = _everybody(store, condition, now, "c.id, count(*) OVER ()")
    rows = _of_everybody(f"{text} ORDER BY hashint8(c.id), c.id LIMIT {limit:d}", params)
    return (int(rows[0][1]) if rows else 0), [row[0] for row in rows]


def customers_of(store: Store, condition: Condition, now: datetime) -> list[int]:
    """The ids of the people it is true of, in order."""
    text, params = _everybody(store, condition, now, "c.id")
    return [row[0] for row in _of_everybody(f"{text} ORDER BY c.id", params)]


def meant(
    store: Store, condition: Condition, now: datetime, limit: int = EXAMPLES
) -> tuple[int, list[Customer]]:
    """How many it is true of, and a few of them, those who bought last: what a page shows, asked once."""
    text, params = _everybody(store, condition, now, "c.id, count(*) OVER ()")
    rows = _of_everybody(f"{text} ORDER BY c.last_order_at DESC NULLS LAST, c.id LIMIT {limit:d}", params)
    found = Customer.objects.in_bulk([row[0] for row in rows])
    return (int(rows[0][1]) if rows else 0), [found[row[0]] for row in rows]


def _everybody(store: Store, condition: Condition, now: datetime, column: str) -> tuple[str, dict[str, Any]]:
    scope = sql.scope_for_everybody(
        store_id=store.pk, store_country=store.country, zone=store.zone.key, now=now
    )
    return sql.statement(condition, scope, columns=(column,)), scope.params


def _of_everybody(text: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        # What is hashed of a million customers fits into it; with PostgreSQL's own 4 MB it is written to disk in parts.
        cursor.execute("SET LOCAL work_mem = '32MB'")
        return _rows(text, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One who is asked about: a journey's enrolment, an event. `key` comes back where it is true."""

    key: int
    customer_id: int
    order_id: int | None = None
    parcel_id: int | None = None
    at: datetime
    """The moment asked for: relative dates count from here."""
    data: dict[str, Any]


def matching(store: Store, condition: Condition, asked: Sequence[Asked], *, as_of: bool = False) -> set[int]:
    """Return the keys of those it is true of: one statement for the whole batch.

    With `as_of`, roll-ups are counted again as they were at each one's moment.
    """
    if not asked:
        return set()
    scope = sql.Scope(store.pk, store.country, "s.at", store.zone.key, is_for_few=True, as_of=as_of)
    where = sql.conditions(condition, scope)
    # Live, thousands ask about the same moment: written once.
    moments = {at: at.isoformat() for at in {one.at for one in asked}}
    rows = [
        [one.key, one.customer_id, one.order_id, one.parcel_id, moments[one.at], one.data] for one in asked
    ]
    given = scope.bind(json.dumps(rows, default=str))
    store_id = scope.bind(store.pk)
    if scope.order and "c" not in scope.read:
        # Whose order is the store's is the store's: among ten million, each customer lies on a page of its own.
        people = ""
        where += (
            f" AND ({scope.order}.id IS NOT NULL OR EXISTS (SELECT 1 FROM customers_customer c"
            f" WHERE c.id = s.customer_id AND c.store_id = {store_id}))"
        )
    else:
        people = f"JOIN customers_customer c ON c.id = s.customer_id AND c.store_id = {store_id}"
    text = (
        "SELECT s.key FROM (SELECT (r->>0)::bigint AS key, (r->>1)::bigint AS customer_id,"
        " (r->>2)::bigint AS order_id, (r->>3)::bigint AS parcel_id, (r->>4)::timestamptz AS at, r->5 AS data"
        f" FROM jsonb_array_elements({given}::jsonb) r) s"
        f" {people} {' '.join(scope.joins)} WHERE {where}"
    )
    return {row[0] for row in _rows(text, scope.params)}


def _rows(text: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
