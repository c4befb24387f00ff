"""A shop and its carriers, telling things in a word: the stories here are about what follows."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from tests.cast import NOON

from passaparola.customers.facts import AddressFacts, CustomerFacts
from passaparola.kernel.models import EventRecord
from passaparola.orders import actions as orders
from passaparola.orders.actions import Sourced
from passaparola.orders.facts import Facts, FulfilmentFacts, LineFacts, OrderFacts, PartFacts
from passaparola.stores.models import Store
from passaparola.tracking import actions as tracking
from passaparola.tracking.carrier import ScanFacts, ScanState, TrackerFacts
from passaparola.tracking.models import Parcel, Tracker

PLACED = NOON - timedelta(days=2)
"""Monday noon, in time for that day."""


def after(hours: float) -> datetime:
    """So many hours after the order was placed."""
    return PLACED + timedelta(hours=hours)


class Shop:
    """What the shop system and the carriers say of one order with two lines."""

    def __init__(self, store: Store, now: datetime = NOON) -> None:
        self.store = store
        self.now = now

    def sells(self, *, country: str = "IT", postcode: str = "20144", **changes: Any) -> "Shop":
        lines = tuple(
            LineFacts(external_id=line, title=title, quantity=1, total=Decimal(40))
            for line, title in (("l1", "Piatto Luna"), ("l2", "Vaso Alba"))
        )
        fields = {
            "external_id": "1",
            "number": "BL-1",
            "placed_at": PLACED,
            "updated_at": PLACED,
            "currency": "EUR",
            "total": Decimal(80),
            "lines": lines,
            "customer": CustomerFacts(email="giulia@posta.example", first_name="Giulia"),
            "shipping_address": AddressFacts(name="Giulia Moretti", country=country, postcode=postcode),
        }
        self._record(Facts(orders=(OrderFacts(**(fields | changes)),)))
        return self

    def sends(
        self, *numbers: str, line: str = "l1", carrier: str = "GLS", hours: float = 24, **more: Any
    ) -> "Shop":
        """Report a shipment of one line; `hours` also say which report is the newer one."""
        fields = {
            "order_id": "1",
            "external_id": f"f-{line}",
            "at": after(24),
            "updated_at": after(hours),
            "carrier": carrier,
            "numbers": numbers,
            "parts": (PartFacts(line_id=line, quantity=1),),
        }
        self._record(Facts(fulfilments=(FulfilmentFacts(**(fields | more)),)))
        return self

    def hears(
        self, number: str, *steps: tuple[float, ScanState], carrier: str = "gls_it", **more: Any
    ) -> "Shop":
        """Let the carrier tell steps, each so many hours after the order."""
        scans = tuple(ScanFacts(state=state, at=after(hours)) for hours, state in steps)
        facts = TrackerFacts(number=number, carrier=carrier, scans=scans, **more)
        with transaction.atomic():
            tracking.record_trackers([(self.store.pk, facts)], now=self.now)
        return self

    def _record(self, facts: Facts) -> None:
        with transaction.atomic():
            orders.record([Sourced(self.store.pk, "shopify", facts)], now=self.now)

    def parcel(self, name: str) -> Parcel:
        return Parcel.objects.get(store=self.store, name=name)

    def tracker(self, number: str) -> Tracker:
        return Tracker.objects.get(store=self.store, key=number)

    def parcels(self) -> dict[str, str]:
        """Each parcel's state by its number."""
        return dict(Parcel.objects.filter(store=self.store).order_by("pk").values_list("name", "state"))

    def told(self) -> list[str]:
        """What happened to parcels, each as often as it was told."""
        kinds = EventRecord.objects.filter(store_id=self.store.pk, kind__startswith="Parcel")
        return list(kinds.order_by("happened_at", "pk").values_list("kind", flat=True))
