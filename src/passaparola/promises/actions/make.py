"""Promising: a row each, once a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from passaparola.kernel.database import bulk
from passaparola.kernel.events import emit
from passaparola.promises import standards
from passaparola.promises.events import PromiseMade
from passaparola.promises.kind import kind_of
from passaparola.promises.models import Promise
from passaparola.promises.rules.checking import check_at

RETURNED = ("id", "store_id", "key", "kind", "customer_id", "order_id", "made_at", "due_at", "is_history")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise to be kept in the ledger. `key` names it for ever within its store."""

    store_id: int
    key: str
    kind: str
    """A folder of `kinds/`; another word counts as a commitment."""
    words: Mapping[str, str] | str = field(default_factory=dict)
    """What was said, by language, or as it was said; empty where the kind's own words say it."""
    due_at: datetime | None = None
    """None: as the shop's standard for the kind says."""
    order_id: int | None = None
    customer_id: int | None = None
    subject_id: int | None = None
    said_in: str = "page"
    evidence: str = ""
    owner_id: int | None = None
    made_at: datetime | None = None
    is_history: bool = False
    """Of the past: it counts in the numbers, and nobody is told of a breach."""


def make(promised: Sequence[Promised], *, now: datetime) -> list[int]:
    """Keep what was promised and return the ids of those that are new: promising twice changes nothing."""
    due = standards.due([(p.store_id, p.kind, p.made_at or now) for p in promised if p.due_at is None])
    rows = [_row(p, p.due_at or due[p.store_id, p.kind, p.made_at or now], now) for p in promised]
    with transaction.atomic():
        made = bulk.upsert(Promise, rows, key=["store_id", "key"], returning=RETURNED)
        words = {(row["store_id"], row["key"]): row["words"] for row in rows}
        emit([_made(dict(zip(RETURNED, row, strict=True)), words) for row in made], now=now)
    return [row[0] for row in made]


def _row(promised: Promised, due_at: datetime, now: datetime) -> dict[str, Any]:
    words = promised.words
    return {
        "store_id": promised.store_id,
        "key": promised.key,
        "kind": promised.kind,
        "words": {"": words} if isinstance(words, str) else dict(words),
        "order_id": promised.order_id,
        "customer_id": promised.customer_id,
        "subject_id": promised.subject_id,
        "said_in": promised.said_in,
        "evidence": promised.evidence,
        "owner_id": promised.owner_id,
        "made_at": promised.made_at or now,
        "due_at": due_at,
        "risk": 0,
        "is_history": promised.is_history,
        "check_at": None
        if promised.is_history
        else check_at(due_at=due_at, warns=kind_of(promised.kind).warns, is_endangered=False),
        "forgiven_why": "",
    }


def _made(row: Mapping[str, Any], words: Mapping[tuple[int, str], Any]) -> PromiseMade:
    said = words[row["store_id"], row["key"]]
    return PromiseMade(
        store_id=row["store_id"],
        happened_at=row["made_at"],
        is_history=row["is_history"],
        key=f"promise:{row['id']}:made",
        customer_id=row["customer_id"],
        order_id=row["order_id"],
        subject_id=row["id"],
        promise=row["kind"],
        words=next(iter(said.values()), ""),
        due_at=row["due_at"].isoformat(),
    )
