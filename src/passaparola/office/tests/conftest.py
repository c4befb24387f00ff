"""One of everything in Bottega Luna, as the team's pages show it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from passaparola.customers.models import Contact, Customer, Identity, Merge
from passaparola.inbound import actions as inbound
from passaparola.inbound.models import Connection, Delivery
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.orders.models import Fulfilment, Line, Order, Refund
from passaparola.stores.models import Member, Membership, Store
from passaparola.tracking.models import FirstPromise, Parcel, Scan, Tracker


@dataclass
class Luna:
    """The shop's rows by name."""

    store: Store
    owner: Member
    agent: Membership
    order: Order
    parcel: Parcel
    customer: Customer
    double: Customer
    merge: Merge
    connection: Connection
    delivery: Delivery
    message: Message


def order_of(store: Store, customer: Customer, number: str, **more: object) -> Order:
    return Order.objects.create(
        store=store,
        source="shopify",
        external_id=number,
        number=number,
        customer=customer,
        currency="EUR",
        total=Decimal("92.00"),
        subtotal=Decimal("92.00"),
        payment_state="paid",
        email=customer.email,
        shipping_address={
            "name": customer.name,
            "line1": "via Tortona 12",
            "city": "Milano",
            "country": "IT",
        },
        search=f"{number} {customer.name} {customer.email} milano 20144".lower(),
        **{"placed_at": timezone.now() - timedelta(days=4)} | more,
    )


def parcel_of(order: Order, number: str, **more: object) -> Parcel:
    fulfilment = Fulfilment.objects.create(
        order=order, external_id=f"f{number}", made_at=timezone.now(), numbers=[number]
    )
    tracker = Tracker.objects.create(store=order.store, key=number, carrier="brt", confidence=1)
    values = {"state": "in_transit", "announced_at": timezone.now()} | more
    return Parcel.objects.create(
        store=order.store, order=order, fulfilment=fulfilment, name=number, tracker=tracker, **values
    )


@pytest.fixture
def world(luna: Store, chiara: Member, sara: Member, giulia: Customer) -> Luna:
    now = timezone.now()
    Customer.objects.filter(pk=giulia.pk).update(
        last_order_at=now, first_order_at=now, orders_count=1, spent=92
    )
    Contact.objects.create(customer=giulia, kind="email", value="giulia@posta.example")
    double = Customer.objects.create(
        store=luna, first_name="Giulietta", last_name="Moretti", email="g@altra.example"
    )
    other = Customer.objects.create(
        store=luna, first_name="Giulia", last_name="Moretti-Rossi", merged_into=giulia
    )
    Identity.objects.create(store=luna, key="phone:+39333", customer=other)
    merge = Merge.objects.create(
        store=luna, one=giulia, other=other, reason="team", made_by=sara, made_at=now
    )
    order = order_of(luna, giulia, "BL-10240")
    Line.objects.create(
        order=order, external_id="1", title="Piatto Luna", quantity=2, unit_price=46, total=92
    )
    Refund.objects.create(order=order, external_id="r", made_at=now, amount=5)
    FirstPromise.objects.create(order=order, first=date(2026, 11, 17), last=date(2026, 11, 18), made_at=now)
    parcel = parcel_of(order, "081544210", late_since=now - timedelta(days=1), delay_cause="carrier")
    Scan.objects.create(
        tracker=parcel.tracker, key="k", state="in_transit", at=now, place="Bologna", words="In viaggio"
    )
    for kind, data in (("OrderPlaced", {}), ("ParcelDelayed", {"cause": "carrier", "new_last": ""})):
        EventRecord.objects.create(
            store_id=luna.pk,
            kind=kind,
            happened_at=now,
            key=kind,
            order_id=order.pk,
            customer_id=giulia.pk,
            data=data,
        )
    connection = inbound.connect(luna, role="connector", kind="shopify", secret="a secret of theirs")
    delivery = Delivery.objects.create(
        connection=connection, key="d1", topic="orders/create", body=b'{"id": "BL-10240"}', read_at=now,
        outcome="failed", reason="The order has no number.",
    )  # fmt: skip
    message = Message.objects.create(
        store=luna, customer=giulia, order=order, key="m1", kind="confirmation_simple", purpose="transactional",
        to_address=giulia.email, language="it", asked_at=now, not_before=now, expires_at=now, due_at=now,
        failed_at=now, subject="Grazie, Giulia",
    )  # fmt: skip
    agent = Membership.objects.get(member=sara)
    return Luna(luna, chiara, agent, order, parcel, giulia, double, merge, connection, delivery, message)
