"""Wishes said by a word on a channel itself: STOP ends it at once, START takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from passaparola.kernel.events import emit
from passaparola.messages.events import Unsubscribed
from passaparola.messages.models import Consent, Suppression, SuppressionReason
from passaparola.messages.rules.values import WANTED

SOURCE = "word"
"""Where such a consent or its end comes from: the customer's own word on that channel."""
STOPPED_THERE = "21610"
"""Twilio's own silence after a STOP: its START ends ours with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """To be left alone there, or no longer."""

    store_id: int
    channel: str
    address: str
    customer_id: int | None
    is_silence: bool
    words: str
    key: str
    at: datetime


def keep_wishes(wishes: Sequence[Wish], *, now: datetime) -> None:
    """Keep them in the order in which they were said; an old one read again changes nothing newer."""
    for wish in sorted(wishes, key=lambda one: (one.at, one.is_silence)):
        if wish.is_silence:
            _silence(wish, now)
        else:
            _speak(wish)


def _silence(wish: Wish, now: datetime) -> None:
    row = _rows(wish).filter(reason=SuppressionReason.STOPPED).select_for_update().first()
    if row is not None and row.lifted_at is not None and row.lifted_at >= wish.at:
        return
    Suppression.objects.update_or_create(
        store_id=wish.store_id,
        channel=wish.channel,
        address=wish.address.lower(),
        reason=SuppressionReason.STOPPED,
        defaults={"lifted_at": None, "words": wish.words[:300], "made_at": wish.at},
    )
    if wish.customer_id is not None:
        _withdraw(wish, wish.customer_id)
    event = Unsubscribed(
        store_id=wish.store_id,
        happened_at=wish.at,
        key=wish.key,
        customer_id=wish.customer_id,
        channel=wish.channel,
    )
    emit([event], now=now)


def _withdraw(wish: Wish, customer: int) -> None:
    said = Consent.objects.filter(customer=customer, channel=wish.channel, said_at=wish.at)
    if said.exists():  # the same word, read again
        return
    Consent.objects.bulk_create(
        Consent(
            customer_id=customer,
            channel=wish.channel,
            purpose=purpose.value,
            is_given=False,
            wording=wish.words[:500],
            source=SOURCE,
            said_at=wish.at,
        )
        for purpose in WANTED
    )


def _speak(wish: Wish) -> None:
    """Lift the silence. It gives no consent to offers: START says “you may”, not to what."""
    rows = _rows(wish).filter(lifted_at=None, made_at__lt=wish.at)
    rows.filter(reason=SuppressionReason.STOPPED).update(lifted_at=wish.at)
    rows.filter(words__startswith=STOPPED_THERE).update(lifted_at=wish.at)


def _rows(wish: Wish) -> QuerySet[Suppression]:
    return Suppression.objects.filter(store=wish.store_id, channel=wish.channel, address=wish.address.lower())
