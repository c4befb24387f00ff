"""What the shop says becomes parcels; what it relays becomes scans; what it sells becomes a promise."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from passaparola.kernel.database import bulk
from passaparola.orders import following
from passaparola.orders.events import FulfilmentNewsReported
from passaparola.orders.models import Fulfilment, Order
from passaparola.stores.models import Store
from passaparola.tracking.actions.carrier import identify_trackers
from passaparola.tracking.actions.derive import derive, disruptions_of
from passaparola.tracking.actions.record import BLANK, keep_scans, lock_trackers
from passaparola.tracking.lanes import tables
from passaparola.tracking.models import FirstPromise, Parcel, Tracker
from passaparola.tracking.rules import shop
from passaparola.tracking.rules.arrival import arrival_of
from passaparola.tracking.rules.danger import alarm_day, evening
from passaparola.tracking.rules.disruption import days_held_up
from passaparola.tracking.rules.learned import window_of
from passaparola.tracking.values import destination, end_of_day, lane, rhythm, zone_there


def promise(orders: Sequence[int], *, now: datetime, is_history: bool = False) -> None:
    """Make the first promise of orders just placed, and derive the parcels that were waiting for them.

    The promise follows from the order (its time, its way), the lanes learned so far and the strikes known of,
    never from other news; it is made once and stays.
    """
    rows = []
    placed = Order.objects.filter(pk__any=orders).only(
        "placed_at", "shipping_address", "shipping_method", "store_id"
    )
    stores = Store.objects.in_bulk(set(placed.values_list("store_id", flat=True)))
    # What was ordered years ago isn't promised from today's lanes.
    known = {} if is_history else tables(stores)
    disrupted = {} if is_history else disruptions_of(stores, now)
    for order in placed:
        if order.placed_at is None:
            continue
        store = stores[order.store_id]
        zone, shop = zone_there(order, store), rhythm(store)
        lanes, way = known.get(store.pk), lane(order)
        held_up = days_held_up(disrupted.get(store.pk, ()), way)
        arrival = arrival_of(
            ordered_at=order.placed_at,
            now=order.placed_at,
            zone=zone,
            destination=destination(order),
            rhythm=shop,
            learned=window_of(
                lanes,
                way,
                ordered_at=order.placed_at,
                now=order.placed_at,
                zone=zone,
                rhythm=shop,
                held_up=held_up,
            ),
            held_up=held_up,
        )
        if arrival:
            alarm = (
                None
                if is_history
                else alarm_day(
                    arrival.last,
                    ordered_at=order.placed_at,
                    zone=zone,
                    destination=destination(order),
                    rhythm=shop,
                    lanes=lanes,
                    lane=way,
                    held_up=held_up,
                )
            )
            # Looked at while there is time left to send it, or else when its days are over.
            check_at = evening(alarm, zone) if alarm else end_of_day(arrival.last, zone)
            rows.append(
                {
                    "order_id": order.pk,
                    "first": arrival.first,
                    "last": arrival.last,
                    "made_at": order.placed_at,
                    "check_at": None if is_history else check_at,
                }
            )
    bulk.upsert(FirstPromise, rows, key=["order_id"])
    derive_waiting(orders, now=now, is_history=is_history)
    following.changed(orders, now=now)


def derive_waiting(orders: Sequence[int], *, now: datetime, is_history: bool = False) -> None:
    """Derive the parcels that were known before their orders."""
    waiting = Parcel.objects.filter(order_id__any=orders).values_list("pk", flat=True)
    derive(list(waiting), now=now, is_history=is_history)


def follow_fulfilments(fulfilments: Sequence[int], *, now: datetime, is_history: bool = False) -> None:
    """Make the parcels be what the fulfilments now say, keeping those that were there."""
    found = list(
        Fulfilment.objects.filter(pk__in=fulfilments).select_related("order").order_by("order_id", "pk")
    )
    numbers = {(f.order.store_id, n) for f in found for n in f.numbers}
    news = {f.pk: (f.order.store_id, shop.news_key(f.order.source, f.external_id)) for f in found}
    ids = lock_trackers(numbers | set(news.values()))
    _name_carriers(found, now)
    present: dict[int | None, list[Parcel]] = {}
    for parcel in Parcel.objects.filter(fulfilment__in=[f.pk for f in found]).order_by("pk"):
        present.setdefault(parcel.fulfilment_id, []).append(parcel)
    rows, gone = [], []
    for fulfilment in found:
        kept, superfluous = shop.match([p.name for p in present.get(fulfilment.pk, [])], fulfilment.numbers)
        by_name = {p.name: p.pk for p in present.get(fulfilment.pk, [])}
        gone += [by_name[name] for name in superfluous]
        for position, (name, earlier) in enumerate(kept):
            row = _parcel_row(fulfilment, name, position, ids, news)
            rows.append(row | {"id": by_name.get(earlier) if earlier is not None else None})
    _write(rows, gone)
    touched = Parcel.objects.filter(fulfilment__in=[f.pk for f in found]).values_list("pk", flat=True)
    derive(list(touched), now=now, is_history=is_history)


def follow_news(batch: Sequence[FulfilmentNewsReported], *, now: datetime, is_history: bool = False) -> None:
    """Keep the steps that a shop system relays as scans of the fulfilment they belong to."""
    keys = {event.key: (event.store_id, shop.news_key(event.source, event.fulfilment)) for event in batch}
    ids = lock_trackers(keys.values())
    keep_scans((ids[keys[event.key]], keys[event.key][1], [shop.scan_of(event)]) for event in batch)
    estimates: dict[int, dict[str, Any]] = {}
    for event in sorted(batch, key=lambda event: (event.happened_at, event.key)):
        if event.estimated_at:
            pk = ids[keys[event.key]]
            estimates[pk] = {"id": pk, "estimated_until": event.estimated_at, "told_at": event.at}
    bulk.update(
        Tracker,
        list(estimates.values()),
        key=["id"],
        set_=["estimated_until = v.estimated_until", "told_at = v.told_at"],
        where="old.told_at IS NULL OR (v.told_at, v.estimated_until) >= (old.told_at, old.estimated_until)",
    )
    parcels = Parcel.objects.filter(news__in=set(ids.values())).values_list("pk", flat=True)
    derive(list(parcels), now=now, is_history=is_history)


def _name_carriers(fulfilments: Sequence[Fulfilment], now: datetime) -> None:
    """Say of each number whose it seems to be; what a person or the carrier itself said stays."""
    told = [
        (f.order.store_id, number, f, f.order.shipping_address.get("country", ""))
        for f in fulfilments
        for number in f.numbers
    ]
    rows = [BLANK | row for row in identify_trackers(told, now=now)]
    bulk.upsert(
        Tracker,
        rows,
        key=["store_id", "key"],
        update=["carrier", "carrier_words", "confidence", "needs_a_person", "service", *_ASKING],
        where="old.chosen_at IS NULL AND old.carrier_told = '' AND NOT old.is_final"
        " AND (old.carrier, old.carrier_words) IS DISTINCT FROM (excluded.carrier, excluded.carrier_words)",
    )


_ASKING = ("poll_due_at", "first_polled_at", "poll_failures", "poll_reason")
"""Begins anew with another carrier."""


def _parcel_row(
    fulfilment: Fulfilment,
    name: str,
    position: int,
    ids: dict[tuple[int, str], int],
    news: dict[int, tuple[int, str]],
) -> dict[str, Any]:
    store = fulfilment.order.store_id
    return {
        "store_id": store,
        "order_id": fulfilment.order_id,
        "fulfilment_id": fulfilment.pk,
        "name": name,
        "tracker_id": ids.get((store, name)),
        "news_id": ids[news[fulfilment.pk]],
        "link": fulfilment.urls[position] if position < len(fulfilment.urls) else "",
        "cancelled_at": fulfilment.made_at if fulfilment.is_cancelled else None,
        "announced_at": fulfilment.made_at,
    }


_NEW = {"state": "label_created", "place": "", "attempts": 0, "arrival_source": "", "arrival_confidence": ""}


def _write(rows: Sequence[dict[str, Any]], gone: Sequence[int]) -> None:
    """Rename parcels that got their number, add new ones, remove those whose number was a slip."""
    Parcel.objects.filter(pk__in=gone).delete()
    columns = ["name", "tracker_id", "news_id", "link", "cancelled_at", "announced_at"]
    known = [row for row in rows if row["id"]]
    bulk.update(Parcel, known, key=["id"], set_=[f"{c} = v.{c}" for c in columns])
    fresh = [
        {k: v for k, v in row.items() if k != "id"} | _NEW | {"delay_cause": "", "delay_facts": {}}
        for row in rows
        if not row["id"]
    ]
    bulk.upsert(Parcel, fresh, key=["fulfilment_id", "name"], update=columns)
