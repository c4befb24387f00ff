"""What a person says about being written to: kept with its words, its source and its time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from passaparola.customers.models import Customer
from passaparola.kernel import loops
from passaparola.kernel.events import emit
from passaparola.messages.actions.ask import DOORBELL
from passaparola.messages.channel import rights_of
from passaparola.messages.events import Unsubscribed
from passaparola.messages.kind import whose
from passaparola.messages.models import WAITING, Consent, Message, Preference, Suppression, SuppressionReason
from passaparola.messages.people import People
from passaparola.messages.reaching import Reaching
from passaparola.messages.rules.values import WANTED, Purpose
from passaparola.stores.models import Member

ELSEWHERE = (Purpose.OFFER, Purpose.NEWS)
"""What a yes to another channel is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody chose on their page."""

    agreed: Mapping[Purpose, bool] = field(default_factory=dict)
    """Yes or no to each of what we want, on the channel of the message whose link they followed."""
    elsewhere: Mapping[str, bool] = field(default_factory=dict)
    """Yes or no to offers and news on the other channels on which they can be reached."""
    language: str = ""
    channel: str = ""
    frequency: str = ""
    paused_until: datetime | None = None


@transaction.atomic
def unsubscribe(message: Message, *, source: str, now: datetime) -> None:
    """Stay silent, from now on, towards the address this message went to. Saying it twice changes nothing.

    `source`: `one_click` (the mail program's button, RFC 8058) or `page`.
    """
    _silence(message, source, now)
    _say(message, dict.fromkeys(WANTED, False), wording="", source=source, now=now)
    _look_again(message.store_id, message.reader_id, now)


@transaction.atomic
def subscribe(message: Message, *, wording: str, source: str, now: datetime) -> None:
    """Write offers and news again, as agreed to in these words."""
    _lift(message.store_id, message.channel, message.to_address, because="page", now=now)
    _say(message, dict.fromkeys(WANTED, True), wording=wording, source=source, now=now)


@transaction.atomic
def choose(message: Message, *, wishes: Wishes, wordings: Mapping[Purpose | str, str], now: datetime) -> None:
    """Keep what somebody chose on their page. Only what they changed is kept as said anew.

    `wordings`: the sentence that each yes was given to, by purpose, or by channel for the others.
    """
    for purpose, is_given in wishes.agreed.items():
        wording = wordings.get(purpose, "") if is_given else ""
        _say(message, {purpose: is_given}, wording=wording, source="page", now=now)
    for channel, is_given in wishes.elsewhere.items():
        wording = wordings.get(channel, "") if is_given else ""
        both = dict.fromkeys(ELSEWHERE, is_given)
        _say(message, both, wording=wording, source="page", now=now, channel=channel)
    if any(wishes.agreed.values()):
        _lift(message.store_id, message.channel, message.to_address, because="page", now=now)
    _keep_preference(message, wishes, now)
    _look_again(message.store_id, message.reader_id, now)


@transaction.atomic
def take_down(
    customer: Customer, *, channel: str, said: Mapping[Purpose, bool], words: str, by: Member, now: datetime
) -> None:
    """Keep what a customer told one of the team: it counts as if they had said it on their own page.

    A yes takes an earlier “no more offers” back. What the world says of an address (it does not exist, they reported
    us, STOP) is not lifted by it.
    """
    channel = rights_of(channel)
    people = People.of([customer.pk])
    person = people.get(customer.pk)
    source = f"team: {by}"[:120]
    _keep(customer.pk, channel, said, wording=words, source=source, now=now)
    if any(said.values()) and person:
        ways = Reaching.of(people)
        address = person.email if channel == "email" else ways.address(person, channel)
        _lift(customer.store_id, channel, address, because=source, now=now)
    _look_again(customer.store_id, customer.pk, now)


def _keep_preference(message: Message, wishes: Wishes, now: datetime) -> None:
    person = People.of([message.reader_id]).get(message.reader_id) if message.reader_id else None
    if person is None:
        return
    Preference.objects.update_or_create(
        customer_id=person.pk,
        defaults={
            "language": wishes.language,
            "channel": wishes.channel,
            "frequency": wishes.frequency,
            "paused_until": wishes.paused_until,
            "changed_at": now,
        },
    )


def _silence(message: Message, source: str, now: datetime) -> None:
    Suppression.objects.update_or_create(
        store_id=message.store_id,
        channel=rights_of(message.channel),
        address=message.to_address.lower(),
        reason=SuppressionReason.UNSUBSCRIBED,
        defaults={"lifted_at": None},
        create_defaults={"made_at": now, "source": source},
    )
    event = Unsubscribed(
        store_id=message.store_id,
        happened_at=now,
        key=f"message:{message.pk}:unsubscribed",
        **whose(message.kind, customer_id=message.customer_id, order_id=message.order_id),
        subject_id=message.pk,
        channel=message.channel,
    )
    emit([event], now=now)


def _lift(store_id: int, channel: str, address: str, *, because: str, now: datetime) -> None:
    Suppression.objects.filter(
        store_id=store_id,
        channel=rights_of(channel),
        address=address.lower(),
        reason=SuppressionReason.UNSUBSCRIBED,
        lifted_at=None,
    ).update(lifted_at=now, lifted_because=because)


def _say(
    message: Message,
    said: Mapping[Purpose, bool],
    *,
    wording: str,
    source: str,
    now: datetime,
    channel: str = "",
) -> None:
    if message.reader_id is not None:
        way = rights_of(channel or message.channel)
        _keep(message.reader_id, way, said, wording=wording, source=source, now=now)


def _keep(
    customer: int, channel: str, said: Mapping[Purpose, bool], *, wording: str, source: str, now: datetime
) -> None:
    Consent.objects.bulk_create(
        Consent(
            customer_id=customer,
            channel=channel,
            purpose=purpose.value,
            is_given=is_given,
            wording=wording,
            source=source,
            said_at=now,
        )
        for purpose, is_given in said.items()
    )


def _look_again(store_id: int, reader: int | None, now: datetime) -> None:
    """Ask again, now, about everything of this person that waits: a no takes effect before anybody looks."""
    ids: Iterable[int] = People.of([reader]).roots if reader else ()
    waiting = Message.objects.filter(WAITING, store=store_id, claimed_at=None, due_at__gt=now)
    wanted = [purpose.value for purpose in WANTED]
    if waiting.filter(customer_id__any=list(ids), purpose__in=wanted).update(due_at=now):
        loops.ring(DOORBELL)
