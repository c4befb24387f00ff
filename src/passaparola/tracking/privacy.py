"""The parcels' part of an export and an erasure: who signed, and what drivers wrote."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from passaparola.customers.privacy import Person
from passaparola.inbound.privacy import erase_holding
from passaparola.kernel.models import EventRecord
from passaparola.orders.events import FulfilmentNewsReported
from passaparola.orders.models import Order
from passaparola.tracking.models import Parcel, Scan, Tracker
from passaparola.tracking.rules.shop import news_key

LONG_ENOUGH = 8
"""Letters: a shorter number stands in other parcels' deliveries, too."""


def export(person: Person) -> Any:
    scans = Scan.objects.filter(tracker__in=_trackers(person)).order_by("at", "pk")
    return {
        "parcels": list(_parcels(person).order_by("pk").values("name", "state", "delivered_at")),
        "signed": list(_trackers(person).exclude(signed_by="").values("key", "signed_by")),
        "steps": list(scans.values("tracker__key", "at", "state", "place", "words")),
    }


def erase(person: Person, now: datetime) -> int:
    """Days and states stay: the shop learns from them how long parcels take."""
    del now
    trackers = dict(_trackers(person).values_list("pk", "key"))
    # What carriers posted names who signed, and neither address nor number of the person.
    erase_holding(person.store_id, [key for key in trackers.values() if len(key) >= LONG_ENOUGH])
    gone = Scan.objects.filter(tracker__in=trackers).exclude(words="").update(words="")
    _parcels(person).update(link="", place="")
    # Whoever is asked again would tell the name again.
    of_them = Tracker.objects.filter(pk__in=trackers)
    return gone + of_them.update(signed_by="", poll_reason="", poll_due_at=None)


def _parcels(person: Person) -> QuerySet[Parcel]:
    return Parcel.objects.filter(store=person.store_id, order__customer__in=person.ids)


def _trackers(person: Person) -> QuerySet[Tracker]:
    parcels = _parcels(person)
    ours = (
        Q(pk__in=parcels.values("tracker")) | Q(pk__in=parcels.values("news")) | Q(key__in=_relayed(person))
    )
    return Tracker.objects.filter(ours, store=person.store_id)


def _relayed(person: Person) -> list[str]:
    """What a shop system relays may be of a fulfilment that it never told us about: no parcel leads there."""
    orders = Order.objects.filter(store=person.store_id, customer__in=person.ids)
    told = EventRecord.objects.filter(
        store_id=person.store_id,
        kind=FulfilmentNewsReported.__name__,
        order_id__in=list(orders.values_list("pk", flat=True)),
    )
    return [news_key(*pair) for pair in told.values_list("data__source", "data__fulfilment").distinct()]
