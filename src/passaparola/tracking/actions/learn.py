"""Learning how long parcels take, from those that came; daily, for each store."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.db.models import Q

from passaparola.kernel.database import bulk
from passaparola.stores.models import Store
from passaparola.tracking.countries import zone_of
from passaparola.tracking.lanes import columns_of
from passaparola.tracking.models import ArrivalRecord, LaneEstimate, Parcel
from passaparola.tracking.rules.arrival import Destination
from passaparola.tracking.rules.eta.estimate import CALIBRATED
from passaparola.tracking.rules.eta.lane import EVERYTHING, Delivered, Leg, order_day
from passaparola.tracking.rules.eta.learn import learn as learn_from
from passaparola.tracking.rules.eta.months import Key, Record, by_month
from passaparola.tracking.rules.eta.table import EMPTY
from passaparola.tracking.rules.learned import lane_of_parcel
from passaparola.tracking.values import rhythm

LOOKED_BACK = timedelta(days=550)
"""Older parcels hardly count any more."""
SCANS_LOOKED_BACK = timedelta(days=150)
"""So far back single scans are read: there are many, and every parcel has several evenings on the road."""
A_YEAR, NEWEST = 12, 2
"""Months before this one whose windows are held against what came: at first, and from then on."""
DAILY = timedelta(days=1)
SOON = timedelta(hours=1)
"""While a shop has too few parcels, or its history is still being brought in."""


def learn(store: Store, *, now: datetime) -> int:
    """Learn a store's lanes anew; return from how many parcels."""
    parcels, today = list(_delivered(store, now)), now.astimezone(store.zone).date()
    rows = {(Leg.TRANSIT, EVERYTHING): EMPTY}  # says when we looked, even if there was nothing
    rows |= learn_from(parcels, today=today)
    has_records = ArrivalRecord.objects.filter(store=store).exists()
    records = by_month(parcels, today=today, months=NEWEST if has_records else A_YEAR, rhythm=rhythm(store))
    written = [{"store_id": store.pk, "learned_at": now, **columns_of(key, row)} for key, row in rows.items()]
    with transaction.atomic():
        LaneEstimate.objects.filter(store=store).delete()
        _keep_records(store, records)
        bulk.upsert(LaneEstimate, written, key=["store_id", "leg", "carrier", "service", "country", "zone"])
    return len(parcels)


def _keep_records(store: Store, records: Mapping[Key, Record]) -> None:
    """Keep what months newly tell; those further back stay as they were told."""
    if not records:
        return
    months = {key.month for key in records}
    ArrivalRecord.objects.filter(store=store, month__in=months).delete()
    rows = [
        {
            "store_id": store.pk,
            **key._asdict(),
            "parcels": record.parcels,
            **{f"inside_{percent}": count for percent, count in record.inside.items()},
            "in_time": record.in_time,
            "days": record.days,
        }
        for key, record in records.items()
    ]
    bulk.upsert(ArrivalRecord, rows, key=["store_id", "month", "carrier", "country", "moment", "teller"])


def learn_due(*, now: datetime) -> int:
    """Learn for one store whose time has come; return how many that were."""
    fresh = LaneEstimate.objects.totals().filter(
        Q(learned_at__gt=now - SOON) | Q(learned_at__gt=now - DAILY, parcels__gte=CALIBRATED)
    )
    due = Store.objects.exclude(pk__in=fresh.values("store")).order_by("pk")
    with transaction.atomic():
        # Without the key: orders of this store can be written meanwhile.
        store = due.select_for_update(skip_locked=True, no_key=True).first()
        if store is None:
            return 0
        learn(store, now=now)
    return 1


def _delivered(store: Store, now: datetime) -> Iterator[Delivered]:
    shop, zones = rhythm(store), cache(lambda country: zone_of(country) or store.zone)
    moves = Parcel.objects.moves(store, zone=store.zone, since=now - SCANS_LOOKED_BACK)
    for row in Parcel.objects.delivered_ways(store, since=now - LOOKED_BACK):
        zone = zones(row["country"] or "")
        tour = row["out_for_delivery_at"]
        # Waiting at the pick-up point counts as having come.
        came = min(filter(None, (row["ready_for_pickup_at"], row["delivered_at"])))
        yield Delivered(
            lane=lane_of_parcel(
                Destination(country=row["country"] or shop.origin, postcode=row["postcode"] or ""),
                carrier=row["carrier"] or "",
                service=row["method"] or row["service"] or "",
            ),
            origin=shop.origin,
            ordered_on=order_day(row["placed_at"], store.zone, shop.cut_off),
            handed_over_on=row["picked_up_at"].astimezone(zone).date(),
            tour_on=tour.astimezone(zone).date() if tour else None,
            moved_on=tuple(sorted(moves.get(row["tracker_id"], set()) | moves.get(row["news_id"], set()))),
            arrived_on=came.astimezone(zone).date(),
            told_on=row["told_on"],
        )
