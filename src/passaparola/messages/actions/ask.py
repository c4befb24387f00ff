"""Asking for messages: each is decided on at once and kept with the answer, whatever it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from passaparola.kernel import loops
from passaparola.kernel.database import bulk
from passaparola.messages.channel import CHANNELS
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Message
from passaparola.messages.rules.decide import decide
from passaparola.messages.rules.intent import Intent, thing_of
from passaparola.messages.rules.values import Decision, Verdict
from passaparola.messages.situations import Situations

DOORBELL = "messages"
"""Wakes the workers; the table is the truth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A message somebody wants sent. `key` names it for ever within its store: asking twice is harmless."""

    store_id: int
    key: str
    kind: str
    order_id: int | None = None
    customer_id: int | None = None
    """Whom it is for; may be left out where an order says it. One of the two is needed."""
    parcel_id: int | None = None
    fallback: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    expires_at: datetime | None = None
    channel: str = "email"
    """A channel, or `best`: the one that suits this person."""
    asked_by: str = ""
    """Who wants it: `journey:12`, `campaign:5`, `return:7`."""
    template_id: int | None = None
    """The shop's own texts in place of the kind's."""
    to_address: str = ""
    language: str = ""
    """Both only for what somebody asked for just now who is no customer yet."""

    def __post_init__(self) -> None:
        is_stranger = bool(self.to_address) and KINDS[self.kind].is_asked_for
        if not self.order_id and not self.customer_id and not is_stranger:
            msg = f"The message “{self.key}” is for nobody: name an order or a customer."
            raise ValueError(msg)


def ask(wanted: Sequence[Wanted], *, now: datetime, situations: Situations | None = None) -> int:
    """Keep what is wanted, in the caller's transaction; return how many messages are new.

    What may not be sent is kept too, as dropped and with its reason, so that nobody has to wonder.
    """
    found = situations or Situations.of(wanted, now)
    rows = [_row(one, found, now) for one in wanted]
    new = len(bulk.upsert(Message, rows, key=["store_id", "key"], returning=["id"]))
    if new:
        loops.ring(DOORBELL)
    return new


def intent_of(one: Wanted, found: Situations, now: datetime) -> Intent:
    """Return it as the arbiter is asked, if it were asked for now."""
    kind, channel = KINDS[one.kind], found.channel(one)
    return Intent(
        kind=kind,
        to_address=found.address(one),
        not_before=one.not_before or now,
        expires_at=one.expires_at or now + kind.lasts,
        order_id=one.order_id,
        parcel_id=one.parcel_id,
        fallback=KINDS[one.fallback] if one.fallback else None,
        channel=channel,
        is_noisy=CHANNELS[channel].is_noisy if channel in CHANNELS else False,
        asked_at=now,
        thing=thing_of(one.kind, one.template_id, one.asked_by),
        coupon=str(one.data.get("coupon") or ""),
    )


def _row(one: Wanted, found: Situations, now: datetime) -> dict[str, Any]:
    kind = KINDS[one.kind]
    person, order = found.person(one), found.order(one)
    if (order is None) if one.order_id else (person is None and not one.to_address):
        msg = f"The message “{one.key}” is for somebody this shop does not know."
        raise ValueError(msg)
    intent = intent_of(one, found, now)
    decision = decide(intent, found.history(one), found.situation(one), found.policy(one), now)
    sent_as = KINDS[decision.instead] if decision.instead else kind
    return {
        "store_id": one.store_id,
        "customer_id": (order and order.customer_id) or (one.customer_id if person else None),
        "order_id": one.order_id,
        "parcel_id": one.parcel_id,
        "key": one.key,
        "kind": sent_as.key,
        "purpose": sent_as.purpose.value,
        "channel": intent.channel,
        "to_address": intent.to_address,
        "language": one.language or found.language(one),
        "data": one.data,
        "template_id": None if decision.instead else one.template_id,
        "asked_by": one.asked_by,
        "fallback": "" if decision.instead else one.fallback,
        "asked_at": now,
        "not_before": intent.not_before,
        "expires_at": intent.expires_at,
        **decided(decision, now),
    }


def decided(decision: Decision, now: datetime) -> dict[str, Any]:
    """Return the columns that hold a decision."""
    reason = decision.reason or plain_reason(decision)
    return {
        "due_at": decision.until or now,
        "deferred_at": now if decision.verdict is Verdict.DEFER else None,
        "dropped_at": now if decision.verdict is Verdict.DROP else None,
        "reason": reason,
        "reason_data": decision.params,
    }


def plain_reason(decision: Decision) -> str:
    """Return why it is sent without the offer it was asked for with; empty where it is sent as it is."""
    if not decision.instead:
        return ""
    return "offer_left_out" if "without_offer" in decision.params else "plain_instead"
