"""The messages whose time has come, as the outbox handles them."""

from datetime import datetime
from typing import Any, NamedTuple

from passaparola.messages.models import WAITING, Message, MessageQuerySet


class Due(NamedTuple):
    """A message's row, as far as sending needs it."""

    pk: int
    store_id: int
    key: str
    customer_id: int | None
    order_id: int | None
    parcel_id: int | None
    kind: str
    purpose: str
    channel: str
    to_address: str
    language: str
    data: dict[str, Any]
    template_id: int | None
    asked_by: str
    fallback: str
    asked_at: datetime
    not_before: datetime
    expires_at: datetime
    attempts: int
    reason: str
    reason_data: dict[str, Any]


def lock_due(channels: list[str], limit: int, now: datetime) -> list[Due]:
    """Lock the next messages in this transaction, leaving alone those that another worker has."""
    return _locked(Message.objects.filter(channel__in=channels), limit, now)


def lock_due_of(store: int, channel: str, limit: int, now: datetime) -> list[Due]:
    """Lock the next messages of one shop's account, by an index of their own (`message_due_elsewhere`)."""
    return _locked(Message.objects.filter(store=store, channel=channel).exclude(channel="email"), limit, now)


def _locked(messages: MessageQuerySet, limit: int, now: datetime) -> list[Due]:
    rows = (
        messages.select_for_update(skip_locked=True, no_key=True)
        .filter(WAITING, claimed_at=None, due_at__lte=now)
        .order_by("due_at", "id")
        .values_list(*Due._fields)[:limit]
    )
    return [Due._make(row) for row in rows]
