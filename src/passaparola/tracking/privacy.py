"""The parcels' part of an export and an erasure: who signed, and what carriers wrote on the way."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from passaparola.customers.privacy import Person
from passaparola.kernel.models import EventRecord
from passaparola.orders.events import FulfilmentNewsReported
from passaparola.orders.models import Order
from passaparola.tracking.models import Parcel, Scan, Tracker
from passaparola.tracking.rules.shop import news_key


def export(person: Person) -> Any:
    ours = Parcel.objects.filter(store=person.store_id, order__customer__in=person.ids).order_by("pk")
    scans = Scan.objects.filter(tracker__in=_trackers(person)).order_by("tracker", "at", "pk")
    return {
        "parcels": list(ours.values("order__number", "name", "tracker__signed_by", "delivered_at")),
        "steps": list(scans.values("tracker__key", "state", "at", "place", "words")),
    }


def erase(person: Person, now: datetime) -> int:
    """Times and places of a parcel teach us when the next one arrives; names and carriers' sentences go."""
    del now
    ours = list(_trackers(person).values_list("pk", flat=True))
    gone = Tracker.objects.filter(pk__in=ours).exclude(signed_by="").update(signed_by="")
    return gone + Scan.objects.filter(tracker__in=ours).exclude(words="").update(words="")


def _trackers(person: Person) -> QuerySet[Tracker]:
    parcels = Parcel.objects.filter(store=person.store_id, order__customer__in=person.ids)
    ours = {pk for pair in parcels.values_list("tracker", "news") for pk in pair if pk}
    relayed = Q(store=person.store_id, key__in=_relayed(person))
    return Tracker.objects.filter(Q(pk__in=ours) | relayed)


def _relayed(person: Person) -> list[str]:
    """What a shop system relays may be of a fulfilment that it never told us about: no parcel leads there."""
    orders = Order.objects.filter(store=person.store_id, customer__in=person.ids)
    told = EventRecord.objects.filter(
        store_id=person.store_id,
        kind=FulfilmentNewsReported.__name__,
        order_id__in=list(orders.values_list("pk", flat=True)),
    )
    return [news_key(*pair) for pair in told.values_list("data__source", "data__fulfilment").distinct()]
