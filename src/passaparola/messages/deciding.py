"""Deciding about messages that are due: person by person, with everything of a person at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from passaparola.messages.channel import CHANNELS
from passaparola.messages.kind import MessageKind, kind_of
from passaparola.messages.rules.intent import Intent, thing_of
from passaparola.messages.rules.together import Wish, decide_together
from passaparola.messages.rules.values import Decision, drop
from passaparola.messages.situations import Situations

if TYPE_CHECKING:
    from passaparola.messages.actions.due import Due


def decide_all(due: "Sequence[Due]", situations: Situations, now: datetime) -> dict[int, Decision]:
    """Return a decision for each message, by its id."""
    found: dict[int, Decision] = {}
    people: dict[tuple[str, int], list[Due]] = defaultdict(list)
    for message in due:
        person = situations.person(message)
        if kind_of(message.kind) is None:
            found[message.pk] = drop("unknown_kind")
        else:
            people["person" if person else "alone", person.pk if person else message.pk].append(message)
    for messages in people.values():
        found |= _decide_person(messages, situations, now)
    return found


def _decide_person(messages: "list[Due]", situations: Situations, now: datetime) -> dict[int, Decision]:
    wishes = [Wish(one.pk, intent_of(one), situations.situation(one)) for one in messages]
    person = situations.person(messages[0])
    history = situations.histories.of_person(person.pk if person else None, {m.order_id for m in messages})
    return decide_together(wishes, history, situations.policy(messages[0]), now)


def intent_of(message: "Due") -> Intent:
    return Intent(
        kind=_kind(message),
        to_address=message.to_address,
        not_before=message.not_before,
        expires_at=message.expires_at,
        order_id=message.order_id,
        parcel_id=message.parcel_id,
        fallback=kind_of(message.fallback) if message.fallback else None,
        channel=message.channel,
        is_noisy=CHANNELS[message.channel].is_noisy,
        asked_at=message.asked_at,
        thing=thing_of(message.kind, message.template_id, message.asked_by),
        coupon=str(message.data.get("coupon") or ""),
    )


def _kind(message: "Due") -> MessageKind:
    kind = kind_of(message.kind)
    if kind is None:
        msg = f"“{message.kind}” is no kind of message."
        raise ValueError(msg)
    return kind
