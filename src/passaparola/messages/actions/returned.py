"""What came back: believed only where it names a mail that we really sent to that address."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from passaparola.kernel.events import emit
from passaparola.messages.actions.silences import Silence, silence
from passaparola.messages.channel import rights_of
from passaparola.messages.events import MessageFailed
from passaparola.messages.kind import whose
from passaparola.messages.models import Message, SuppressionReason
from passaparola.messages.rules.bounces import Returned, What

_OF_ORDER = re.compile(r"order-(\d{1,18})\.")
_OF_MESSAGE = re.compile(r"(\d{1,18})\.")
_LASTING = {What.GONE: SuppressionReason.HARD_BOUNCE, What.COMPLAINT: SuppressionReason.COMPLAINT}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was made of the reports."""

    silenced: int = 0
    noted: int = 0
    """Came back without saying that the address is none: the message says so, the address stays."""
    unknown: int = 0
    """Named no mail of ours: anybody can write such a report, so it counts for nothing."""


@transaction.atomic
def hear_returned(returned: Sequence[Returned], *, source: str, now: datetime) -> Heard:
    """Silence addresses that do not exist or complained, and note what else came back.

    A report is no proof by itself. One that names a mail of ours, by an id that only its reader can know, and
    the address it went to, is believed.
    """
    sent = _sent({one.message_id for one in returned if one.message_id})
    silences, events, noted, unknown = [], [], 0, 0
    for one in returned:
        message = sent.get(one.message_id)
        if message is None or one.address not in {"", message.to_address.lower()}:
            unknown += 1
            continue
        reason = _LASTING.get(one.what)
        if reason:
            silences.append(_silence(message, reason, one, source, now))
        if one.what in {What.GONE, What.NOT_TAKEN}:
            events.append(_failed(message, one, now))
            noted += one.what is What.NOT_TAKEN
    emit(events, now=now)
    return Heard(silenced=silence(silences, now=now), noted=noted, unknown=unknown)


def _silence(
    message: Message, reason: SuppressionReason, one: Returned, source: str, now: datetime
) -> Silence:
    return Silence(
        store_id=message.store_id,
        address=message.to_address,
        reason=reason.value,
        channel=rights_of(message.channel),
        words=one.words,
        source=source,
        made_at=now,
    )


def _failed(message: Message, one: Returned, now: datetime) -> MessageFailed:
    return MessageFailed(
        store_id=message.store_id,
        happened_at=now,
        key=f"message:{message.pk}:returned",
        **whose(message.kind, customer_id=message.customer_id, order_id=message.order_id),
        subject_id=message.pk,
        message=message.kind,
        channel=message.channel,
        words=one.words,
    )


def _sent(names: Iterable[str]) -> dict[str, Message]:
    """Return the messages of these names. Our names hold the row's or the order's number, so no index is needed."""
    rows, orders = set(), set()
    for name in names:
        if found := _OF_ORDER.match(name):
            orders.add(int(found[1]))
        elif found := _OF_MESSAGE.match(name):
            rows.add(int(found[1]))
    known = [
        *Message.objects.filter(pk__any=rows, sent_at__isnull=False),
        *Message.objects.filter(order_id__any=orders, sent_at__isnull=False).exclude(message_id=""),
    ]
    wanted = set(names)
    return {message.message_id: message for message in known if message.message_id in wanted}
