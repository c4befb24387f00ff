"""Doing what steps decided: messages are asked for, people are asked, tags given, others told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from passaparola.journeys.actions.leave import key_of
from passaparola.journeys.letters import parts_of
from passaparola.journeys.models import ToDo, WebhookCall
from passaparola.journeys.rules.values import Call, Do, Effect, Mark, Say, Standing
from passaparola.kernel import loops
from passaparola.kernel.database import bulk
from passaparola.messages import actions as messages
from passaparola.messages.kind import kind_of
from passaparola.segments import actions as segments
from passaparola.stores.models import Membership

WEBHOOKS_DOORBELL = "webhooks"


class Asked(NamedTuple):
    """One effect, and who it is about."""

    store_id: int
    journey_id: int
    journey_key: str
    standing: Standing
    step: str
    hop: int
    effect: Effect


def perform(asked: Sequence[Asked], *, now: datetime) -> None:
    """Do it all, in the transaction that also notes that it is done: nothing happens twice or not at all."""
    wanted = [wanted for one in asked if (wanted := _message(one, now)) is not None]
    if wanted:
        messages.ask(wanted, now=now)
    todos = [one for one in asked if isinstance(one.effect, Do)]
    if todos:
        members = _members({one.store_id for one in todos})
        bulk.upsert(ToDo, [_todo(one, members, now) for one in todos], key=["store_id", "key"])
    marks = [
        (one.store_id, one.standing.customer_id, one.effect.tag, one.effect.is_given)
        for one in asked
        if isinstance(one.effect, Mark)
    ]
    segments.mark(marks, now=now)
    calls = [_call(one, now) for one in asked if isinstance(one.effect, Call)]
    if bulk.upsert(WebhookCall, calls, key=["store_id", "key"], returning=["id"]):
        loops.ring(WEBHOOKS_DOORBELL)


def _message(one: Asked, now: datetime) -> messages.Wanted | None:
    """A letter that is gone is asked for all the same: the outbox then says so, where silence would say nothing."""
    say, standing = one.effect, one.standing
    if not isinstance(say, Say):
        return None
    kind, template = parts_of(say.kind)
    if kind_of(kind) is None:  # the document that names it can't be read any more, so nobody comes here
        return None
    return messages.Wanted(
        store_id=one.store_id,
        key=key_of(standing.id, one.hop),
        kind=kind,
        template_id=template,
        order_id=standing.order_id,
        customer_id=standing.customer_id,
        parcel_id=standing.parcel_id,
        fallback=say.fallback,
        data=dict(say.data),
        expires_at=now + say.lasts if say.lasts else None,
        channel=say.channel,
        asked_by=f"journey:{one.journey_id}:{one.step}",
    )


def _members(stores: set[int]) -> dict[tuple[int, str], int]:
    rows = Membership.objects.active().filter(store__in=stores)
    return {
        (store, email.lower()): pk
        for store, email, pk in rows.values_list("store_id", "member__email", "member_id")
    }


def _todo(one: Asked, members: dict[tuple[int, str], int], now: datetime) -> dict[str, Any]:
    do: Any = one.effect
    return {
        "store_id": one.store_id,
        "enrolment_id": one.standing.id,
        "customer_id": one.standing.customer_id,
        "order_id": one.standing.order_id,
        "key": key_of(one.standing.id, one.hop),
        "task": do.task,
        "words": dict(do.words),
        "assignee_id": members.get((one.store_id, do.to.lower())),
        "due_at": do.due_at,
        "lapses_at": do.lapses_at,
        "asked_at": now,
        "note": "",
    }


def _call(one: Asked, now: datetime) -> dict[str, Any]:
    call: Any = one.effect
    standing = one.standing
    body = {
        "type": "journey.step",
        "timestamp": now.isoformat(),
        "journey": one.journey_key,
        "step": one.step,
        "customer": standing.customer_id,
        "order": standing.order_id,
        "parcel": standing.parcel_id,
        "data": dict(call.data),
    }
    return {
        "store_id": one.store_id,
        "key": key_of(standing.id, one.hop),
        "url": call.url,
        "body": body,
        "asked_at": now,
        "due_at": now,
        "words": "",
    }
