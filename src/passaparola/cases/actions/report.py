"""Something went wrong: it joins the open case of its order or person, or opens one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from passaparola.cases import models
from passaparola.cases.actions.rank import rank_again
from passaparola.cases.events import CaseJoined, CaseOpened
from passaparola.cases.rules.joining import Where, belongs_to
from passaparola.cases.rules.troubles import TROUBLES
from passaparola.kernel.database import bulk
from passaparola.kernel.events import emit
from passaparola.orders.models import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that went wrong. `key` names it for ever within its store: reporting twice changes nothing."""

    store_id: int
    key: str
    kind: str
    """A key of `rules.troubles.TROUBLES`."""
    order_id: int | None = None
    customer_id: int | None = None
    severity: int | None = None
    """1 to 5; None: as bad as the kind usually is."""
    data: Mapping[str, Any] = field(default_factory=dict)
    value: Decimal | None = None
    """What is at stake; None: what the order costs."""
    happened_at: datetime | None = None


def report(troubles: Sequence[Trouble], *, now: datetime) -> int:
    """Keep troubles and return how many were new. Two workers reporting of one order open one case."""
    if not troubles:
        return 0
    with transaction.atomic():
        orders = _orders(troubles)
        rows = [_row(one, orders, now) for one in troubles]
        columns = ("id", "store_id", "order_id", "customer_id", "kind", "severity", "opened_at")
        written = bulk.upsert(models.Trouble, rows, key=["store_id", "key"], returning=columns)
        new = [dict(zip(columns, row, strict=True)) for row in written]
        if new:
            _into_cases(new, now=now)
    return len(new)


def _orders(troubles: Iterable[Trouble]) -> dict[int, tuple[int | None, Decimal]]:
    ids = {one.order_id for one in troubles if one.order_id}
    rows = Order.objects.filter(pk__in=ids).values_list("pk", "customer_id", "total")
    return {pk: (customer, total) for pk, customer, total in rows}


def _row(one: Trouble, orders: Mapping[int, tuple[int | None, Decimal]], now: datetime) -> dict[str, Any]:
    customer, total = orders.get(one.order_id or 0, (None, Decimal(0)))
    usual = TROUBLES.get(one.kind, TROUBLES["complaint"]).severity
    return {
        "store_id": one.store_id,
        "key": one.key,
        "kind": one.kind,
        "order_id": one.order_id,
        "customer_id": one.customer_id or customer,
        "severity": min(max(one.severity or usual, 1), 5),
        "value": total if one.value is None else one.value,
        "data": dict(one.data),
        "opened_at": one.happened_at or now,
    }


def _into_cases(new: Sequence[dict[str, Any]], *, now: datetime) -> None:
    """Put new troubles into cases. Of several that open one case the first names it."""
    wheres = _wheres(new)
    told = sorted((row for row in new if wheres[row["id"]]), key=lambda row: (row["opened_at"], row["id"]))
    opened = _open({wheres[row["id"]]: row for row in reversed(told)}, now=now)
    cases = _cases(set(wheres.values()) - {None})  # type: ignore[arg-type]
    bulk.update(
        models.Trouble,
        [{"id": row["id"], "case_id": cases[wheres[row["id"]]].pk} for row in told],  # type: ignore[index]
        key=["id"],
        set_=["case_id = v.case_id"],
    )
    _tell(told, wheres, cases, opened, now=now)
    rank_again([case.pk for case in cases.values()], now=now)


def _wheres(new: Sequence[Mapping[str, Any]]) -> dict[int, Where | None]:
    alone = {row["customer_id"] for row in new if row["order_id"] is None and row["customer_id"]}
    theirs: dict[int, list[Where]] = defaultdict(list)
    if alone:
        found = models.Case.objects.open().filter(customer__in=alone).order_by("pk")
        for customer, order in found.values_list("customer_id", "order_id"):
            theirs[customer or 0].append(("order", order) if order else ("customer", customer or 0))
    return {
        row["id"]: belongs_to(row["order_id"], row["customer_id"], open_of_customer=theirs) for row in new
    }


_ONE_OPEN = {
    "order": "closed_at IS NULL AND order_id IS NOT NULL",
    "customer": "closed_at IS NULL AND customer_id IS NOT NULL AND order_id IS NULL",
}
"""The partial indexes that let there be only one."""


def _open(firsts: Mapping[Where | None, Mapping[str, Any]], *, now: datetime) -> set[int]:
    """Open the cases that are missing; return the ids of those opened here and now."""
    opened: set[int] = set()
    for of, only_open in _ONE_OPEN.items():
        rows = [
            {
                "store_id": row["store_id"],
                "order_id": where[1] if of == "order" else None,
                "customer_id": row["customer_id"],
                "cause": row["kind"],
                "severity": row["severity"],
                "value": 0,
                "rank": 0,
                "opened_at": now,
            }
            for where, row in firsts.items()
            if where and where[0] == of
        ]
        written = bulk.upsert(models.Case, rows, key=[f"{of}_id"], index_where=only_open, returning=["id"])
        opened.update(pk for (pk,) in written)
    return opened


def _cases(wheres: set[Where]) -> dict[Where, models.Case]:
    """Return the open cases, locked: closing one waits until its new trouble is in."""
    orders = [pk for of, pk in wheres if of == "order"]
    people = [pk for of, pk in wheres if of == "customer"]
    own = Q(order__in=orders) | Q(order=None, customer__in=people)
    found = models.Case.objects.open().filter(own).order_by("pk").select_for_update(of=("self",))
    return {
        ("order", case.order_id) if case.order_id else ("customer", case.customer_id or 0): case
        for case in found
    }


def _tell(
    told: Sequence[Mapping[str, Any]],
    wheres: Mapping[int, Where | None],
    cases: Mapping[Where, models.Case],
    opened: set[int],
    *,
    now: datetime,
) -> None:
    events: list[CaseOpened | CaseJoined] = []
    first = set(opened)
    for row in told:
        case = cases[wheres[row["id"]]]  # type: ignore[index]
        opens = case.pk in first
        first.discard(case.pk)
        kind = CaseOpened if opens else CaseJoined
        events.append(
            kind(
                store_id=case.store_id,
                happened_at=now,
                key=f"case:{case.pk}:{'opened' if opens else 'joined'}:{row['id']}",
                customer_id=case.customer_id,
                order_id=case.order_id,
                subject_id=case.pk,
                cause=row["kind"],
                severity=row["severity"],
            )
        )
    emit(events, now=now)
