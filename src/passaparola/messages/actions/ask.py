"""Asking for messages: each is decided on at once and kept with the answer, whatever it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from passaparola.kernel.database import bulk
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Message
from passaparola.messages.rules.decide import decide
from passaparola.messages.rules.intent import Intent
from passaparola.messages.rules.language import language_of
from passaparola.messages.rules.values import Decision, Verdict
from passaparola.messages.situations import OrderRow, Situations

DOORBELL = "messages"
"""Wakes the workers; the table is the truth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A message somebody wants sent. `key` names it for ever within its store: asking twice is harmless."""

    store_id: int
    key: str
    kind: str
    order_id: int
    parcel_id: int | None = None
    fallback: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    expires_at: datetime | None = None
    channel: str = "email"


def ask(wanted: Sequence[Wanted], *, now: datetime, situations: Situations | None = None) -> int:
    """Keep what is wanted, in the caller's transaction; return how many messages are new.

    What may not be sent is kept too, as dropped and with its reason, so that nobody has to wonder.
    """
    found = situations or Situations.of(wanted)
    rows = [_row(one, found, now) for one in wanted]
    new = len(bulk.upsert(Message, rows, key=["store_id", "key"], returning=["id"]))
    if new:
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {DOORBELL}")  # heard when, and only if, this transaction commits
    return new


def _row(one: Wanted, found: Situations, now: datetime) -> dict[str, Any]:
    kind = KINDS[one.kind]
    order = found.orders[one.order_id]
    intent = Intent(
        kind=kind,
        to_address=order.address,
        not_before=one.not_before or now,
        expires_at=one.expires_at or now + kind.lasts,
        order_id=one.order_id,
        parcel_id=one.parcel_id,
        fallback=KINDS[one.fallback] if one.fallback else None,
    )
    decision = decide(intent, found.history(one), found.situation(one), found.policy(one), now)
    sent_as = KINDS[decision.instead] if decision.instead else kind
    return {
        "store_id": one.store_id,
        "customer_id": order.customer_id,
        "order_id": one.order_id,
        "parcel_id": one.parcel_id,
        "key": one.key,
        "kind": sent_as.key,
        "purpose": sent_as.purpose.value,
        "channel": one.channel,
        "to_address": order.address,
        "language": _language(order, found),
        "data": one.data,
        "fallback": "" if decision.instead else one.fallback,
        "asked_at": now,
        "not_before": intent.not_before,
        "expires_at": intent.expires_at,
        **decided(decision, now),
    }


def _language(order: OrderRow, found: Situations) -> str:
    return language_of(order.customer_language or "", order.language, found.stores[order.store_id].language)


def decided(decision: Decision, now: datetime) -> dict[str, Any]:
    """Return the columns that hold a decision."""
    reason = decision.reason or ("plain_instead" if decision.instead else "")
    return {
        "due_at": decision.until or now,
        "deferred_at": now if decision.verdict is Verdict.DEFER else None,
        "dropped_at": now if decision.verdict is Verdict.DROP else None,
        "reason": reason,
        "reason_data": decision.params,
    }
