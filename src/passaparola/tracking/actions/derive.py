"""What follows from fulfilments and scans: each parcel's state, its arrival, and what is told of it."""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from passaparola.kernel.database import bulk
from passaparola.kernel.database.halves import by_halves
from passaparola.kernel.events import emit
from passaparola.orders import actions as orders
from passaparola.orders.models import Order
from passaparola.tracking.actions.tell import endangered_event, overdue_event, parcel_events, tell_delivered
from passaparola.tracking.carrier import ScanFacts
from passaparola.tracking.lanes import tables
from passaparola.tracking.models import Disruption, FirstPromise, Parcel, Scan
from passaparola.tracking.rules.disruption import Disruption as DisruptionFacts
from passaparola.tracking.rules.parcel import COLUMNS, parcel_columns
from passaparola.tracking.values import (
    destination,
    disruption,
    end_of_day,
    estimate,
    lane,
    rhythm,
    scan_facts,
    zone_there,
)

log = logging.getLogger(__name__)
_KEPT = ("carrier", *COLUMNS)
STUMBLED_PAUSE = timedelta(hours=1)


def derive(
    parcels: Collection[int], *, now: datetime, is_history: bool = False, is_look: bool = False
) -> None:
    """Bring these parcels up to date and tell what newly follows. The caller's transaction.

    `is_look`: the clock asks, not news.

    Everything is computed from all scans there are, so it is the same whichever came first.
    """
    if not parcels:
        return
    rows = list(
        Parcel.objects.filter(pk__in=parcels)
        .select_related("order__store", "order__first_promise", "tracker", "news", "fulfilment")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    scans = _scans(rows)
    known = tables({parcel.store_id for parcel in rows})
    disrupted = disruptions_of({parcel.store_id for parcel in rows}, now)
    changed, events = [], []
    for parcel in rows:
        own = scans.get(parcel.pk, [])
        found = parcel_columns(
            own,
            now=now,
            zone=zone_there(parcel.order, parcel.order.store),
            ordered_at=parcel.order.placed_at or parcel.announced_at,
            announced_at=parcel.announced_at,
            is_cancelled=parcel.cancelled_at is not None,
            promised=_promised(parcel.order),
            destination=destination(parcel.order),
            rhythm=rhythm(parcel.order.store),
            told=estimate(parcel.tracker, parcel.news),
            # What nobody can follow is never called late.
            is_followed=bool(own or parcel.tracker_id),
            lanes=known.get(parcel.store_id),
            lane=lane(parcel.order, parcel.tracker),
            is_heard_of=bool(own or (parcel.tracker and parcel.tracker.polled_at)),
            is_look=is_look,
            disruptions=disrupted.get(parcel.store_id, ()),
            stalled_before=parcel.stalled_since,
        )
        columns = found.columns | {"carrier": parcel.tracker.carrier if parcel.tracker else ""}
        if any(getattr(parcel, name) != value for name, value in columns.items()):
            changed.append({"id": parcel.pk, **columns})
        if parcel.order.placed_at:
            events += parcel_events(parcel, own, found, now=now, is_history=is_history)
    bulk.update(Parcel, changed, key=["id"], set_=[f"{name} = v.{name}" for name in _KEPT])
    affected = {parcel.order_id for parcel in rows}
    orders.touch(affected)
    emit(events, now=now)
    tell_delivered(affected, now=now, is_history=is_history)


def check_due(*, now: datetime, limit: int = 500) -> int:
    """Look at parcels and promises whose time has come without any news; return how many there were."""
    with transaction.atomic():
        due = list(
            Parcel.objects.filter(check_at__lte=now)
            .order_by("check_at")
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("pk", flat=True)[:limit]
        )
        by_halves(
            due,
            lambda part: derive(part, now=now, is_look=True),
            give_up=lambda pk, e: _look_later(Parcel, pk, e, now),
        )
        promises = list(
            FirstPromise.objects.filter(check_at__lte=now)
            .order_by("check_at")
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("pk", flat=True)[:limit]
        )
        by_halves(
            promises,
            lambda part: _check_promises(part, now),
            give_up=lambda pk, e: _look_later(FirstPromise, pk, e, now),
        )
        return len(due) + len(promises)


def _look_later(kind: type[Parcel | FirstPromise], pk: int, error: Exception, now: datetime) -> None:
    """One that makes us stumble must not keep the others, of all shops, from being looked at."""
    log.error("%s %s could not be looked at.", kind.__name__, pk, exc_info=error)
    kind.objects.filter(pk=pk).update(check_at=now + STUMBLED_PAUSE)


def _check_promises(promises: Sequence[int], now: datetime) -> None:
    standing = Order.objects.filter(
        pk__in=promises, shipped_at=None, delivered_at=None, cancelled_at=None, deleted_at=None
    ).exclude(parcels__state="delivered")
    # A parcel that nobody can follow has left for all we know.
    waiting = standing.filter(parcels=None).select_related("store", "first_promise")
    events, again = [], {}
    for order in waiting:
        promise = order.first_promise
        end = end_of_day(promise.last, zone_there(order, order.store))
        if now < end:
            again[order.pk] = end
        events.append(endangered_event(order, now, promise) if now < end else overdue_event(order, now))
    FirstPromise.objects.filter(pk__in=promises).update(check_at=None)
    rows = [{"order_id": pk, "check_at": at} for pk, at in again.items()]
    bulk.update(FirstPromise, rows, key=["order_id"], set_=["check_at = v.check_at"])
    emit(events, now=now)


def disruptions_of(stores: Collection[int], now: datetime) -> dict[int, list[DisruptionFacts]]:
    """Return the strikes and closures that each store knows of, but for those long over."""
    found: dict[int, list[DisruptionFacts]] = {}
    for row in Disruption.objects.filter(store__in=stores).current(today=now.date()).order_by("pk"):
        found.setdefault(row.store_id, []).append(disruption(row))
    return found


def _promised(order: Order) -> FirstPromise | None:
    return getattr(order, "first_promise", None)


def _scans(parcels: Iterable[Parcel]) -> dict[int, list[ScanFacts]]:
    parcels = list(parcels)
    wanted = {t for p in parcels for t in (p.tracker_id, p.news_id) if t}
    by_tracker: dict[int, list[ScanFacts]] = {}
    for scan in Scan.objects.filter(tracker__in=wanted):
        by_tracker.setdefault(scan.tracker_id, []).append(scan_facts(scan))
    return {p.pk: [s for t in (p.tracker_id, p.news_id) if t for s in by_tracker.get(t, ())] for p in parcels}
