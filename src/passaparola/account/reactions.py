"""What the account does when something is told: who follows an order hears how its parcels travel, and whoever gets
a new way in hears of it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from passaparola.account.events import PasskeyAdded
from passaparola.account.links import follow_path
from passaparola.account.models import Follower, Passkey
from passaparola.kernel.events import Event, on
from passaparola.messages.actions import Wanted, ask
from passaparola.messages.rules.names import sayable
from passaparola.stores.hosts import base_url
from passaparola.tracking.events import (
    ParcelDelayed,
    ParcelDelivered,
    ParcelOutForDelivery,
    ParcelPickedUp,
    ParcelReadyForPickup,
)


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
