"""What a person says about being written to: kept with its words, its source and its time."""

from datetime import datetime

from django.db import transaction

from passaparola.kernel.events import emit
from passaparola.messages.events import Unsubscribed
from passaparola.messages.models import Consent, Message, Suppression, SuppressionReason
from passaparola.messages.rules.values import Purpose

ASKING = (Purpose.OFFER, Purpose.NEWS, Purpose.ASK)
"""Everything we want rather than owe."""


@transaction.atomic
def unsubscribe(message: Message, *, source: str, now: datetime) -> None:
    """Stay silent, from now on, towards the address this message went to. Saying it twice changes nothing.

    `source`: `one_click` (the mail program's button, RFC 8058) or `page`.
    """
    Suppression.objects.update_or_create(
        store_id=message.store_id,
        channel=message.channel,
        address=message.to_address.lower(),
        reason=SuppressionReason.UNSUBSCRIBED,
        defaults={"lifted_at": None},
        create_defaults={"made_at": now},
    )
    _say(message, is_given=False, wording="", source=source, now=now)
    event = Unsubscribed(
        store_id=message.store_id,
        happened_at=now,
        key=f"message:{message.pk}:unsubscribed",
        customer_id=message.customer_id,
        order_id=message.order_id,
        subject_id=message.pk,
        channel=message.channel,
    )
    emit([event], now=now)


@transaction.atomic
def subscribe(message: Message, *, wording: str, source: str, now: datetime) -> None:
    """Write offers and news again, as agreed to in these words."""
    Suppression.objects.filter(
        store_id=message.store_id,
        channel=message.channel,
        address=message.to_address.lower(),
        reason=SuppressionReason.UNSUBSCRIBED,
    ).update(lifted_at=now)
    _say(message, is_given=True, wording=wording, source=source, now=now)


def _say(message: Message, *, is_given: bool, wording: str, source: str, now: datetime) -> None:
    if message.customer_id is None:
        return
    Consent.objects.bulk_create(
        Consent(
            customer_id=message.customer_id,
            channel=message.channel,
            purpose=purpose.value,
            is_given=is_given,
            wording=wording,
            source=source,
            said_at=now,
        )
        for purpose in ASKING
    )
