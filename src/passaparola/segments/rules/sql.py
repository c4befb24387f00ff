"""From a condition to one SQL statement, with every value bound.

The statement's parts: `joins` bring the order and parcel in question and the counts, `where` is the
condition. Counts over everybody are made once and joined (a count a customer took minutes at a million), and
the last order is the one with none after it, which PostgreSQL finds by hashing all at once, on all cores; for a few
both are asked for each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from passaparola.segments.rules.condition import Condition, Group, Question

_SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
_REAL = "placed_at IS NOT NULL AND {x}.deleted_at IS NULL"


@dataclass
class Scope:
    """What one SELECT speaks of."""

    store_id: int
    store_country: str
    now: str
    """The moment asked for, as SQL: a bound time, or a column of the one asked about."""
    zone: str
    is_for_few: bool
    """Asked about those in `s` only; otherwise about everybody in the store."""
    as_of: bool = False
    """Whether the past is asked for: roll-ups are then counted again from rows."""
    params: dict[str, Any] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)
    order: str = ""
    parcel: str = ""
    names: list[str] = field(default_factory=list)
    """Aliases given so far; shared with inner scopes."""
    read: set[str] = field(default_factory=set)
    """Aliases the condition speaks of, `c` among them only if it does; shared with inner scopes."""

    @property
    def person(self) -> str:
        """The person's number: of the few it is known, without a look at the customer."""
        return "s.customer_id" if self.is_for_few else "c.id"

    def bind(self, value: object) -> str:
        name = f"p{len(self.params)}"
        self.params[name] = value
        return f"%({name})s"

    def alias(self, letter: str) -> str:
        self.names.append(letter)
        return f"{letter}{len(self.names)}"

    def inner(self, order: str) -> "Scope":
        """The scope of a sub-select that has an order of its own."""
        return Scope(
            self.store_id, self.store_country, self.now, self.zone, self.is_for_few, self.as_of, self.params,
            order=order, names=self.names, read=self.read,
        )  # fmt: skip


def conditions(condition: Condition, scope: Scope) -> str:
    """Return the condition as SQL and leave in `scope` the joins and values it needs."""
    if isinstance(condition, Question):
        return f"({_question(condition, scope)})"
    if condition.join in {"some_order", "no_order"}:
        return _orders(condition, scope)
    parts = [conditions(part, scope) for part in condition.parts]
    if condition.join == "any":
        return f"({' OR '.join(parts)})" if parts else "true"
    if condition.join == "none":
        # What is unknown is not true: so it is none of these.
        return f"NOT coalesce({' OR '.join(parts)}, false)" if parts else "true"
    return f"({' AND '.join(parts)})" if parts else "true"


def _orders(group: Group, scope: Scope) -> str:
    x = scope.alias("x")
    inner = scope.inner(x)
    parts = [conditions(part, inner) for part in group.parts]
    then = f" AND {x}.placed_at <= {scope.now}" if scope.as_of else ""
    sql = (
        f"EXISTS (SELECT 1 FROM orders_order {x} {' '.join(inner.joins)} WHERE {x}.customer_id = {scope.person}"
        f" AND {x}.{_REAL.format(x=x)} AND {x}.cancelled_at IS NULL{then}"
        f"{''.join(f' AND {part}' for part in parts)})"
    )
    return sql if group.join == "some_order" else f"NOT {sql}"


def _question(test: Question, scope: Scope) -> str:
    if test.field.type == "count":
        return _often(test, _count(test, scope), scope)
    template = test.field.then if scope.as_of and test.field.then else test.field.sql
    about = test.field.about
    if "{c}" in template:
        scope.read.add("c")
    names = {"c": "c", "s": "s", "now": scope.now}
    if about in {"order", "parcel"}:
        names["o"] = _order(scope)
    if about == "parcel":
        names["p"] = _parcel(scope)
    if "{store_country}" in template:
        names["store_country"] = scope.bind(scope.store_country)
    return _OF_TYPE[test.field.type](template.format(**names), test, scope)


def _number(sql: str, test: Question, scope: Scope) -> str:
    return _compared(sql, test.operator, test.value, scope)


def _often(test: Question, counted: str, scope: Scope) -> str:
    """Compare a count. Said so that PostgreSQL sees which rows of a join over everybody matter at all."""
    if not scope.is_for_few and not test.about_order:
        if (test.operator, test.value) in {("is", 0), ("at_most", 0), ("less_than", 1)}:
            return f"{counted}.person IS NULL"
        if (test.operator in {"is", "at_least"} and test.value > 0) or test.operator == "more_than":
            return _compared(f"{counted}.n", test.operator, test.value, scope)
    return _compared(f"coalesce({counted}.n, 0)", test.operator, test.value, scope)


def _compared(sql: str, operator: str, value: Any, scope: Scope) -> str:
    bound = f"{scope.bind(value)}::numeric"
    if operator == "is":
        return f"{sql} = {bound}"
    if operator == "is_not":
        return f"{sql} IS DISTINCT FROM {bound}"
    return f"{sql} {_SIGNS[operator]} {bound}"


def _text(sql: str, test: Question, scope: Scope) -> str:  # noqa: PLR0911 - one answer an operator
    told = f"nullif(lower({sql}), '')"
    match test.operator:
        case "known":
            return f"{told} IS NOT NULL"
        case "unknown":
            return f"{told} IS NULL"
        case "contains":
            return f"position({scope.bind(test.value.lower())} in {told}) > 0"
        case "begins_with":
            return f"starts_with({told}, {scope.bind(test.value.lower())})"
        case "one_of" | "none_of":
            listed = f"{told} = ANY({scope.bind([one.lower() for one in test.value])}::text[])"
            return listed if test.operator == "one_of" else f"NOT coalesce({listed}, false)"
        case "is":
            return f"{told} = {scope.bind(test.value.lower())}"
        case _:
            return f"{told} IS DISTINCT FROM {scope.bind(test.value.lower())}"


def _event(sql: str, test: Question, scope: Scope) -> str:
    if test.operator not in _SIGNS:
        return _text(sql, test, scope)
    number = f"(CASE WHEN {sql} ~ '^-?[0-9]+([.][0-9]+)?$' THEN ({sql})::numeric END)"
    return _compared(number, test.operator, test.value, scope)


def _date(sql: str, test: Question, scope: Scope) -> str:
    match test.operator:
        case "known":
            return f"({sql}) IS NOT NULL"
        case "unknown":
            return f"({sql}) IS NULL"
        case "in_last":
            since = f"{scope.now} - {scope.bind(test.value)}::interval"
            return f"{sql} > {since} AND {sql} <= {scope.now}"
        case "longer_ago_than":
            return f"{sql} <= {scope.now} - {scope.bind(test.value)}::interval"
        case "in_next":
            until = f"{scope.now} + {scope.bind(test.value)}::interval"
            return f"{sql} >= {scope.now} AND {sql} < {until}"
        case _:
            day = f"({scope.bind(test.value)}::date::timestamp AT TIME ZONE {scope.bind(scope.zone)})"
            # “After the 18th” begins with the 19th.
            return f"{sql} < {day}" if test.operator == "before" else f"{sql} >= {day} + interval '1 day'"


def _flag(sql: str, test: Question, scope: Scope) -> str:
    del scope
    return f"({sql}) IS TRUE" if test.value else f"({sql}) IS NOT TRUE"


def _list(sql: str, test: Question, scope: Scope) -> str:
    has = f"EXISTS (SELECT 1 FROM unnest({sql}) t WHERE position({scope.bind(test.value.lower())} in t) > 0)"
    return has if test.operator == "has" else f"NOT {has}"


_OF_TYPE = {
    "number": _number,
    "money": _number,
    "text": _text,
    "choice": _text,
    "date": _date,
    "flag": _flag,
    "list": _list,
    "event": _event,
}


def _order(scope: Scope) -> str:
    """The order in question: the journey's, else the last one."""
    if not scope.order:
        o, x = scope.alias("o"), scope.alias("x")
        if scope.is_for_few:
            store = scope.bind(scope.store_id)
            then = f" AND {x}.placed_at <= {scope.now}" if scope.as_of else ""
            last = (
                f"SELECT {x}.* FROM orders_order {x} WHERE {x}.customer_id = {scope.person}"
                f" AND {x}.store_id = {store} AND {x}.{_REAL.format(x=x)}{then}"
                f" AND s.order_id IS NULL ORDER BY {x}.placed_at DESC, {x}.id DESC LIMIT 1"
            )
            own = f"SELECT {x}.* FROM orders_order {x} WHERE {x}.id = s.order_id AND {x}.store_id = {store}"
            scope.joins.append(f"LEFT JOIN LATERAL (({own}) UNION ALL ({last})) {o} ON true")
        else:
            scope.joins.append(
                f"LEFT JOIN orders_order {o} ON {o}.customer_id = c.id AND {o}.{_REAL.format(x=o)} AND NOT EXISTS ("
                f"SELECT 1 FROM orders_order {x} WHERE {x}.customer_id = {o}.customer_id"
                f" AND {x}.{_REAL.format(x=x)} AND ({x}.placed_at, {x}.id) > ({o}.placed_at, {o}.id))"
            )
        scope.order = o
    return scope.order


def _parcel(scope: Scope) -> str:
    """The parcel that the journey is about, else the newest of the order in question."""
    if not scope.parcel:
        p, x = scope.alias("p"), scope.alias("x")
        order = _order(scope)
        if scope.is_for_few:
            scope.joins.append(
                f"LEFT JOIN LATERAL (SELECT {x}.* FROM tracking_parcel {x} WHERE {x}.order_id = {order}.id"
                f" AND {x}.cancelled_at IS NULL ORDER BY ({x}.id = s.parcel_id) IS TRUE DESC, {x}.announced_at DESC,"
                f" {x}.id DESC LIMIT 1) {p} ON true"
            )
        else:
            scope.joins.append(
                f"LEFT JOIN tracking_parcel {p} ON {p}.order_id = {order}.id AND {p}.cancelled_at IS NULL"
                f" AND NOT EXISTS (SELECT 1 FROM tracking_parcel {x} WHERE {x}.order_id = {p}.order_id"
                f" AND {x}.cancelled_at IS NULL AND ({x}.announced_at, {x}.id) > ({p}.announced_at, {p}.id))"
            )
        scope.parcel = p
    return scope.parcel


def _count(test: Question, scope: Scope) -> str:
    """Join how often something happened, or was sent, and return what holds it as `n`."""
    e, h = scope.alias("e"), scope.alias("h")
    what, at = (
        ("kernel_event", "happened_at") if test.field.choices == "events" else ("outgoing_message", "sent_at")
    )
    asked = (
        f"{e}.store_id = {scope.bind(scope.store_id)} AND {e}.kind = {scope.bind(test.of)}"
        f" AND {e}.{at} <= {scope.now}"
    )
    if test.within:
        asked += f" AND {e}.{at} > {scope.now} - {scope.bind(test.within)}::interval"
    if test.about_order:
        counted = f"SELECT count(*) AS n FROM {what} {e} WHERE {e}.order_id = {_order(scope)}.id AND {asked}"
        scope.joins.append(f"LEFT JOIN LATERAL ({counted}) {h} ON true")
    elif scope.is_for_few:
        rows = (
            f"ARRAY(SELECT m.id FROM customers_customer m WHERE m.id = {scope.person}"
            f" OR m.merged_into_id = {scope.person})"
        )
        counted = f"SELECT count(*) AS n FROM {what} {e} WHERE {e}.customer_id = ANY({rows}) AND {asked}"
        scope.joins.append(f"LEFT JOIN LATERAL ({counted}) {h} ON true")
    else:
        # The log names people as they were known then: counted for who they are now. Few are merged.
        counted = (
            f"SELECT coalesce(m.merged_into_id, {e}.customer_id) AS person, count(*) AS n FROM {what} {e}"
            f" LEFT JOIN customers_customer m ON m.id = {e}.customer_id AND m.merged_into_id IS NOT NULL"
            f" WHERE {asked} GROUP BY 1"
        )
        scope.joins.append(f"LEFT JOIN ({counted}) {h} ON {h}.person = c.id")
    return h


def scope_for_everybody(*, store_id: int, store_country: str, zone: str, now: datetime) -> Scope:
    scope = Scope(store_id, store_country, "", zone, is_for_few=False)
    scope.now = f"{scope.bind(now)}::timestamptz"
    return scope


def statement(condition: Condition, scope: Scope, *, columns: Sequence[str] = ("c.id",)) -> str:
    """Return the SELECT of all people of the store of whom the condition is true."""
    where = conditions(condition, scope)
    store = scope.bind(scope.store_id)
    return (
        f"SELECT {', '.join(columns)} FROM customers_customer c {' '.join(scope.joins)}"
        f" WHERE c.store_id = {store} AND c.merged_into_id IS NULL AND c.erased_at IS NULL AND {where}"
    )
