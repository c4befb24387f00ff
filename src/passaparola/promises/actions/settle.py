"""What becomes of promises: kept, endangered, let go. All of these may be said twice, in any order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from passaparola.kernel.database import bulk
from passaparola.kernel.events import Event, emit
from passaparola.promises.events import (
    PromiseEndangered,
    PromiseForgiven,
    PromiseKept,
    PromiseWithdrawn,
)
from passaparola.promises.models import Promise
from passaparola.stores.models import Member

Named = tuple[int, str]
"""Store and key."""
COLUMNS = ("id", "store_id", "customer_id", "order_id", "kind", "due_at", "kept_at", "risk", "is_history")
RETURNING = [f"old.{column}" for column in COLUMNS]

KEEPS = [
    "kept_at = least(old.kept_at, v.kept_at)",
    # Kept in time, told late: it never was broken. Kept late: broken, whether or not the sweep came by.
    "broken_at = CASE WHEN least(old.kept_at, v.kept_at) > old.due_at THEN old.due_at END",
    """check_at = CASE WHEN least(old.kept_at, v.kept_at) > old.due_at AND old.told_at IS NULL
        AND old.withdrawn_at IS NULL AND NOT old.is_history THEN old.due_at END""",
]
"""The earliest word counts, whichever comes first."""


def keep(named: Iterable[Named], *, at: datetime, now: datetime) -> int:
    """Say that promises came true then; return for how many that was new."""
    return keep_each([(store, key, at) for store, key in named], now=now)


def keep_each(named: Sequence[tuple[int, str, datetime]], *, now: datetime) -> int:
    """As `keep`, with a time for each."""
    rows = [{"store_id": store, "key": key, "kept_at": at} for store, key, at in named]
    with transaction.atomic():
        kept = _update(rows, KEEPS, where="old.kept_at IS NULL OR v.kept_at < old.kept_at")
        tell_kept(kept, now=now)
    return len(kept)


def tell_kept(kept: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    emit(
        [
            event(PromiseKept, row, "kept", row["kept_at"], is_late=row["kept_at"] > row["due_at"])
            for row in kept
        ],
        now=now,
    )


def endanger(named: Iterable[tuple[int, str, float]], *, now: datetime) -> int:
    """Say how probable a breach is, 0 to 1; from one half on it is told, once a promise."""
    rows = [{"store_id": store, "key": key, "risk": risk} for store, key, risk in named]
    with transaction.atomic():
        set_ = [
            "risk = v.risk",
            "endangered_at = CASE WHEN v.risk >= 0.5 THEN coalesce(old.endangered_at, {now}) END",
            "check_at = CASE WHEN v.risk >= 0.5 AND old.check_at IS NOT NULL THEN old.due_at ELSE old.check_at END",
        ]
        open_ = "old.kept_at IS NULL AND old.forgiven_at IS NULL AND old.withdrawn_at IS NULL"
        changed = _update(
            rows,
            [each.replace("{now}", f"'{now.isoformat()}'::timestamptz") for each in set_],
            where=f"{open_} AND old.due_at > '{now.isoformat()}' AND old.risk IS DISTINCT FROM v.risk",
        )
        tell_endangered((row for row in changed if row["risk"] >= PROBABLE), now=now)
    return len(changed)


PROBABLE = 0.5


def tell_endangered(rows: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    emit(
        [
            event(
                PromiseEndangered,
                row,
                "endangered",
                now,
                risk=f"{row['risk']:.2f}",
                due_at=row["due_at"].isoformat(),
            )
            for row in rows
        ],
        now=now,
    )


def forgive(named: Iterable[Named], *, by: Member | None, why: str, now: datetime) -> int:
    """Let promises go that have not come true: the customer did, or somebody settled it another way."""
    rows = [
        {
            "store_id": s,
            "key": k,
            "forgiven_at": now,
            "forgiven_by_id": by.pk if by else None,
            "forgiven_why": why,
        }
        for s, k in named
    ]
    with transaction.atomic():
        gone = _update(
            rows,
            [
                "forgiven_at = v.forgiven_at",
                "forgiven_by_id = v.forgiven_by_id",
                "forgiven_why = v.forgiven_why",
                "check_at = NULL",
            ],
            where="old.kept_at IS NULL AND old.forgiven_at IS NULL AND old.withdrawn_at IS NULL",
        )
        emit([event(PromiseForgiven, row, "forgiven", now, why=why) for row in gone], now=now)
    return len(gone)


def withdraw(named: Iterable[Named], *, at: datetime, now: datetime) -> int:
    """Say that promises mean nothing any more since then. One that was broken before stays broken."""
    rows = [{"store_id": store, "key": key, "withdrawn_at": at} for store, key in named]
    with transaction.atomic():
        gone = _update(
            rows,
            [
                "withdrawn_at = v.withdrawn_at",
                "broken_at = CASE WHEN v.withdrawn_at > old.due_at THEN old.broken_at END",
                "check_at = NULL",
            ],
            where="old.kept_at IS NULL AND old.withdrawn_at IS NULL",
        )
        emit([event(PromiseWithdrawn, row, "withdrawn", at) for row in gone], now=now)
    return len(gone)


def _update(rows: Sequence[Mapping[str, Any]], set_: list[str], *, where: str) -> list[dict[str, Any]]:
    found = bulk.update(Promise, rows, key=["store_id", "key"], set_=set_, where=where, returning=RETURNING)
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def event(kind: Callable[..., Event], row: Mapping[str, Any], what: str, at: datetime, **more: Any) -> Event:
    """Return an event about the promise of a row (`COLUMNS`)."""
    return kind(
        store_id=row["store_id"],
        happened_at=at,
        key=f"promise:{row['id']}:{what}",
        customer_id=row["customer_id"],
        order_id=row["order_id"],
        subject_id=row["id"],
        is_history=row["is_history"],
        promise=row["kind"],
        **more,
    )
