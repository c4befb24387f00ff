"""What the account does when something is told: who follows an order hears how its parcels travel, whoever gets a
new way in hears of it, and whoever wants a change is promised an answer.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from passaparola.account.events import ChangeAsked, ChangeDecided, PasskeyAdded
from passaparola.account.links import follow_path
from passaparola.account.models import ChangeRequest, Follower, Passkey
from passaparola.kernel.events import Event, on
from passaparola.messages.actions import Wanted, ask
from passaparola.messages.rules.names import sayable
from passaparola.orders.events import OrderCancelled
from passaparola.promises import actions as promises
from passaparola.promises import standards
from passaparola.promises.actions import Promised
from passaparola.stores.hosts import base_url
from passaparola.tracking.events import (
    ParcelDelayed,
    ParcelDelivered,
    ParcelOutForDelivery,
    ParcelPickedUp,
    ParcelReadyForPickup,
)


@on(ChangeAsked)
def promise_answers(batch: Sequence[ChangeAsked], now: datetime) -> None:
    """Whoever wants another address, or to cancel, has an answer as fast as the shop answers letters."""
    due = standards.due([(event.store_id, ANSWER, event.happened_at) for event in batch])
    promises.make(
        [
            Promised(
                store_id=event.store_id,
                key=_answer(event),
                kind=ANSWER,
                due_at=due[event.store_id, ANSWER, event.happened_at],
                order_id=event.order_id,
                customer_id=event.customer_id,
                subject_id=event.subject_id,
                said_in="standard",
                made_at=event.happened_at,
            )
            for event in batch
        ],
        now=now,
    )


@on(ChangeDecided)
def keep_answers(batch: Sequence[ChangeDecided], now: datetime) -> None:
    promises.keep_each([(event.store_id, _answer(event), event.happened_at) for event in batch], now=now)


@on(OrderCancelled)
def withdraw_answers(batch: Sequence[OrderCancelled], now: datetime) -> None:
    """Cancelled in the shop system meanwhile, there is nothing left to change."""
    waiting = ChangeRequest.objects.waiting().filter(order__in=[event.order_id for event in batch])
    promises.withdraw([(one.store_id, f"change:{one.pk}") for one in waiting], at=now, now=now)


ANSWER = "reply_email"


def _answer(event: ChangeAsked | ChangeDecided) -> str:
    return f"change:{event.subject_id}"


@on(ParcelPickedUp, ParcelOutForDelivery, ParcelReadyForPickup, ParcelDelayed, ParcelDelivered)
def tell_followers(batch: Sequence[Event], now: datetime) -> None:
    orders = {event.order_id for event in batch if event.order_id}
    followers: dict[int, list[Follower]] = defaultdict(list)
    for follower in Follower.objects.active().filter(order__any=orders).select_related("store"):
        followers[follower.order_id].append(follower)
    wanted = [_wanted(event, one, now) for event in batch for one in followers[event.order_id or 0]]
    if wanted:
        ask(wanted, now=now)


def _wanted(event: Event, follower: Follower, now: datetime) -> Wanted:
    return Wanted(
        store_id=event.store_id,
        key=f"follower:{follower.pk}:{event.key}"[:200],
        kind="followed_news",
        order_id=event.order_id,
        parcel_id=event.subject_id,
        to_address=follower.email,
        data={
            _NEWS[type(event).__name__]: "yes",
            "url": f"{base_url(follower.store.host)}{follow_path(follower, now=now)}",
        },
        asked_by=f"follower:{follower.pk}",
    )


_NEWS = {
    "ParcelPickedUp": "travelling",
    "ParcelOutForDelivery": "today",
    "ParcelReadyForPickup": "pickup",
    "ParcelDelayed": "late",
    "ParcelDelivered": "delivered",
}


@on(PasskeyAdded)
def warn_of_passkeys(batch: Sequence[PasskeyAdded], now: datetime) -> None:
    """A passkey outlasts every session: if a stranger added it, its owner has to know."""
    rows = Passkey.objects.filter(pk__in=[event.subject_id for event in batch]).select_related("store")
    ask(
        [
            Wanted(
                store_id=one.store_id,
                key=f"passkey:{one.pk}:added",
                kind="passkey_added",
                customer_id=one.customer_id,
                to_address=one.address if one.kind == "email" else "",
                data={
                    "name": sayable(one.name),
                    "url": f"{base_url(one.store.host)}{reverse('account:passkeys', args=[one.store.slug])}",
                },
                asked_by="customer",
            )
            for one in rows
        ],
        now=now,
    )
