"""Facts never depend on arrival order: shuffled, repeated and batched, the database ends the same."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from passaparola.customers.facts import AddressFacts, CustomerFacts
from passaparola.customers.models import Customer, Identity
from passaparola.kernel.models import EventRecord
from passaparola.orders import actions as orders
from passaparola.orders.actions import Sourced
from passaparola.orders.facts import (
    Facts,
    FulfilmentFacts,
    FulfilmentNewsFacts,
    LineFacts,
    OrderFacts,
    PartFacts,
    PaymentState,
    RefundFacts,
)
from passaparola.orders.models import Fulfilment, Line, Order, Refund
from passaparola.promises.models import Promise
from passaparola.stores.models import Store
from passaparola.tracking import actions as tracking
from passaparola.tracking.carrier import ScanFacts, ScanState, TrackerFacts
from passaparola.tracking.models import Parcel, Scan

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NOW = START + timedelta(days=60)


def at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


GUEST = CustomerFacts(email="Giulia@posta.example", first_name="Giulia", phone="333 1234567", country="IT")
ACCOUNT = CustomerFacts(
    external_id="7",
    email="giulia@posta.example",
    email_is_verified=True,
    first_name="Giulia",
    last_name="Moretti",
    language="it",
    updated_at=at(30),
)
LINES = (
    LineFacts(external_id="l1", title="Piatto Luna", quantity=2, total=Decimal(46)),
    LineFacts(external_id="l2", title="Vaso Alba", quantity=1, total=Decimal(80)),
)


def order(hours: int, *, customer: CustomerFacts = GUEST, **changes: Any) -> Facts:
    fields = {
        "external_id": "1",
        "number": "BL-1",
        "placed_at": at(0),
        "updated_at": at(hours),
        "currency": "EUR",
        "total": Decimal(126),
        "lines": LINES,
        "customer": customer,
        "shipping_address": AddressFacts(
            name="Giulia Moretti", city="Milano", country="IT", postcode="20144"
        ),
    }
    return Facts(orders=(OrderFacts(**(fields | changes)),))


def sent(hours: int, external_id: str, line: str, *numbers: str, **changes: Any) -> Facts:
    parts = (PartFacts(line_id=line, quantity=2),)
    return Facts(
        fulfilments=(
            FulfilmentFacts(
                order_id="1",
                external_id=external_id,
                at=at(24),
                updated_at=at(hours),
                carrier="BRT",
                numbers=numbers,
                parts=parts,
                **changes,
            ),
        )
    )


def scanned(number: str, *steps: tuple[int, ScanState]) -> TrackerFacts:
    scans = tuple(ScanFacts(state=state, at=at(hours), words=state.value) for hours, state in steps)
    return TrackerFacts(number=number, carrier="brt", scans=scans)


TOLD: list[Facts | TrackerFacts] = [
    order(0),
    order(0, payment_state=PaymentState.PAID),
    order(1, payment_state=PaymentState.PAID, note="con biglietto"),
    order(40, payment_state=PaymentState.PARTIALLY_REFUNDED, customer=ACCOUNT),
    Facts(customers=(ACCOUNT,)),
    Facts(orders=(order(5, external_id="2", number="BL-2").orders[0],)),
    sent(24, "f1", "l1"),
    sent(25, "f1", "l1", "A1"),
    sent(26, "f2", "l2", "B1"),
    Facts(
        fulfilment_news=(
            FulfilmentNewsFacts(
                order_id="1",
                fulfilment_id="f2",
                external_id="n1",
                status="in_transit",
                at=at(30),
                place="Bologna",
            ),
        )
    ),
    Facts(refunds=(RefundFacts(order_id="1", external_id="r1", at=at(40), amount=Decimal(10)),)),
    scanned("A1", (26, ScanState.LABEL_CREATED), (28, ScanState.PICKED_UP)),
    scanned("A1", (28, ScanState.PICKED_UP), (50, ScanState.OUT_FOR_DELIVERY), (54, ScanState.DELIVERED)),
    scanned("B1", (29, ScanState.PICKED_UP), (60, ScanState.OUT_FOR_DELIVERY)),
    scanned("B1", (62, ScanState.ATTEMPTED), (80, ScanState.OUT_FOR_DELIVERY), (84, ScanState.DELIVERED)),
]


def record(store: Store, batch: Sequence[Facts | TrackerFacts]) -> None:
    orders.record([Sourced(store.pk, "shopify", f) for f in batch if isinstance(f, Facts)], now=NOW)
    tracking.record_trackers([(store.pk, t) for t in batch if isinstance(t, TrackerFacts)], now=NOW)


def person(customer: Customer | None) -> str | None:
    """Name a person by their keys: row numbers differ, people must not."""
    if customer is None:
        return None
    rows = [customer.pk, *Customer.objects.filter(merged_into=customer).values_list("pk", flat=True)]
    return " ".join(sorted(Identity.objects.filter(customer__in=rows).values_list("key", flat=True)))


def picture(store: Store) -> dict[str, Any]:
    """Everything that was recorded, without row numbers and times of recording."""
    named_orders = {o.pk: o.external_id for o in Order.objects.all()}
    parcels = {p.pk: p.name for p in Parcel.objects.all()}
    customers = {c.pk: person(c) for c in Customer.objects.people()}
    hidden = {"id", "identity_id", "customer_id", "order_id", "store_id", "recorded_at", "page_version"}
    hidden |= {"_state", "tracker_id", "news_id", "fulfilment_id", "created_at", "known"}

    def plain(row: Any) -> dict[str, Any]:
        return {k: str(v) for k, v in vars(row).items() if k not in hidden}

    def key(event: EventRecord) -> str:
        kind, pk, *rest = event.key.split(":")
        names = {"order": named_orders, "parcel": parcels}.get(kind, {})
        return ":".join([kind, str(names.get(int(pk), pk)) if pk.isdecimal() else pk, *rest])

    return {
        "people": sorted((customers[c.pk], str(plain(c))) for c in Customer.objects.people()),
        "orders": sorted((customers.get(o.customer_id or 0), str(plain(o))) for o in Order.objects.all()),
        "lines": sorted((named_orders[x.order_id], str(plain(x))) for x in Line.objects.all()),
        "fulfilments": sorted((named_orders[x.order_id], str(plain(x))) for x in Fulfilment.objects.all()),
        "refunds": sorted((named_orders[x.order_id], str(plain(x))) for x in Refund.objects.all()),
        "parcels": sorted((named_orders[x.order_id], str(plain(x))) for x in Parcel.objects.all()),
        "scans": sorted(str(plain(s)) for s in Scan.objects.all()),
        "promises": sorted(
            (
                named_orders[p.order_id],
                p.kind,
                str((p.made_at, p.due_at, p.kept_at, p.broken_at, p.withdrawn_at)),
            )
            for p in Promise.objects.exclude(kind="new_date")
        ),
        "events": sorted(
            (key(e), e.kind, str(e.happened_at))
            for e in EventRecord.objects.exclude(
                kind__in=["CustomersJoined", "MessageAsked", "MessageSent", "MessageDropped", "ParcelDelayed"]
            )
            # What seemed late for as long as we had not heard of its arrival, and what followed from that.
            .exclude(kind__startswith="Promise")
            .exclude(kind__startswith="Case")
        ),
    }


@pytest.mark.timeout(300)
class ArrivalOrderTest(TestCase):
    """hypothesis rolls each example back."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.permutations(TOLD), st.lists(st.sampled_from(TOLD), max_size=6), st.integers(1, 16), st.data())
    def test_any_order_and_repetition_ends_in_the_same_rows_and_events(
        self, shuffled: list[Any], repeated: list[Any], size: int, data: Any
    ) -> None:
        del data
        expected = self.told_in([[fact] for fact in TOLD])

        stream = shuffled + repeated
        got = self.told_in([stream[i : i + size] for i in range(0, len(stream), size)])

        for what, rows in expected.items():
            assert got[what] == rows, what

    def told_in(self, batches: list[list[Any]]) -> dict[str, Any]:
        from django.db import transaction

        with transaction.atomic():
            store = Store.objects.create(slug="luna", name="Luna", url="https://luna.example")
            for batch in batches:
                record(store, batch)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            seen = picture(store)
            transaction.set_rollback(True)
        return seen
