"""Everything there is to know about one order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from django.db.models import Prefetch

from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.office import sentences, standing
from passaparola.office.queries import messages
from passaparola.office.queries.connections import OUR_WORDS
from passaparola.office.queries.messages import MessageShown
from passaparola.office.sentences import Happening
from passaparola.office.standing import Standing
from passaparola.orders.links import order_path
from passaparola.orders.models import Line, Order, Refund
from passaparola.stores.models import Store
from passaparola.tracking import known_carriers
from passaparola.tracking.carrier import CARRIERS
from passaparola.tracking.models import Parcel, Scan

MOST_EVENTS = 200
STEPS_AT_FIRST, STEPS_WHEN_OVER = 5, 2
"""So many steps of a parcel stand open; of one that has arrived only the last ones are news."""


@dataclass(frozen=True)
class ScanShown:
    """A step as the carrier told it, at the clock of the place."""

    scan: Scan
    standing: Standing
    local: datetime


@dataclass(frozen=True)
class ParcelShown:
    parcel: Parcel
    standing: Standing
    is_late: bool
    cause: str
    carrier: str
    link: str
    scans: Sequence[ScanShown]
    older_scans: Sequence[ScanShown]
    items: Sequence[tuple[int, str]]
    """Quantity and title; empty where the shop doesn't say what is inside."""


@dataclass(frozen=True)
class OrderShown:
    order: Order
    standing: Standing
    payment: Standing | None
    lines: Sequence[Line]
    parcels: Sequence[ParcelShown]
    timeline: Sequence[Happening]
    messages: Sequence[MessageShown]
    refunds: Sequence[Refund]
    customer_page: str


def show(store: Store, order_id: int, *, language: str, now: datetime) -> OrderShown:
    """Raises Order.DoesNotExist for an order that is not this shop's."""
    order = Order.objects.select_related("customer", "first_promise").get(store=store, pk=order_id)
    lines = list(order.lines.order_by("position", "pk"))
    scans = Prefetch("scans", queryset=Scan.objects.order_by("-at", "-pk"))
    parcels = list(
        order.parcels.select_related("tracker", "news", "fulfilment")
        .prefetch_related(
            Prefetch("tracker__scans", queryset=scans.queryset),
            Prefetch("news__scans", queryset=scans.queryset),
        )
        .order_by("pk")
    )
    events = EventRecord.objects.filter(order_id=order.pk).order_by("-happened_at")[:MOST_EVENTS]
    return OrderShown(
        order=order,
        standing=standing.of_order(order, parcels, now.astimezone(store.zone).date()),
        payment=standing.PAYMENTS.get(order.payment_state),
        lines=lines,
        parcels=[_parcel(parcel, lines, language) for parcel in parcels],
        timeline=sentences.timeline(events, order.currency or store.currency, parcels=_names(parcels)),
        messages=[messages.shown(message, language) for message in Message.objects.of_order(order)],
        refunds=list(order.refunds.order_by("made_at")),
        customer_page=order_path(order.pk, now=now, epoch=order.link_epoch),
    )


def _names(parcels: Sequence[Parcel]) -> dict[int, str]:
    """`1/2` and `2/2`; a single parcel needs no name."""
    if len(parcels) == 1:
        return {}
    return {parcel.pk: f"{n}/{len(parcels)}" for n, parcel in enumerate(parcels, 1)}


def _parcel(parcel: Parcel, lines: Sequence[Line], language: str) -> ParcelShown:
    tracker = parcel.tracker
    carrier = tracker.carrier if tracker else ""
    told = [scan for tracker_ in (parcel.tracker, parcel.news) if tracker_ for scan in tracker_.scans.all()]
    steps = [_scan(scan) for scan in sorted(told, key=lambda scan: scan.at, reverse=True)]
    at_first = STEPS_WHEN_OVER if parcel.delivered_at else STEPS_AT_FIRST
    return ParcelShown(
        parcel=parcel,
        standing=standing.of_parcel(parcel),
        is_late=standing.is_late(parcel),
        cause=str(standing.CAUSES.get(parcel.delay_cause, "")) if not parcel.delivered_at else "",
        carrier=carrier_name(carrier) or (tracker.carrier_words if tracker else ""),
        link=parcel.link or (known_carriers.link(carrier, tracker.key, language) if tracker else ""),
        scans=steps[:at_first],
        older_scans=steps[at_first:],
        items=_items(parcel, lines),
    )


def _scan(scan: Scan) -> ScanShown:
    local = scan.at.astimezone(timezone(timedelta(minutes=scan.utc_offset)))
    return ScanShown(scan, standing.PARCELS.get(scan.state, standing.PARCELS["unknown"]), local)


def _items(parcel: Parcel, lines: Sequence[Line]) -> list[tuple[int, str]]:
    parts: Sequence[Mapping[str, Any]] = parcel.fulfilment.parts if parcel.fulfilment else []
    titles = {line.external_id: line.title for line in lines}
    named = ((part.get("quantity", 0), titles.get(str(part.get("line")), "")) for part in parts)
    return [(quantity, title) for quantity, title in named if title]


def carrier_name(key: str) -> str:
    if key in OUR_WORDS:
        return str(OUR_WORDS[key])
    return CARRIERS[key].name if key in CARRIERS else known_carriers.name_of(key)
