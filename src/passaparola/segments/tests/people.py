"""People and orders for conditions to be asked about."""

from datetime import datetime, timedelta
from typing import Any

from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.kernel.models import EventRecord
from passaparola.orders.actions.progress import roll_up
from passaparola.orders.models import Line, Order
from passaparola.stores.models import Store


def person(store: Store, name: str, **more: Any) -> Customer:
    values = {"country": "IT", "language": "it", "email": f"{name.lower()}@posta.example", "created_at": NOON}
    return Customer.objects.create(store=store, first_name=name, **(values | more))


def bought(
    customer: Customer, total: int, *, days_ago: int, product: str = "Piatto Luna", **more: Any
) -> Order:
    count = Order.objects.count()
    order = Order.objects.create(
        store=customer.store,
        source="custom",
        external_id=f"o{count}",
        number=f"BL-{count}",
        customer=customer,
        currency="EUR",
        total=total,
        placed_at=NOON - timedelta(days=days_ago),
        **({"shipping_address": {"country": "IT", "city": "Milano"}} | more),
    )
    Line.objects.create(
        order=order, external_id="1", title=product, sku=product.upper()[:5], quantity=2, total=total
    )
    roll_up([customer.pk])
    return order


def happened(customer: Customer, kind: str, *, at: datetime, order: Order | None = None) -> EventRecord:
    return EventRecord.objects.create(
        store_id=customer.store_id,
        kind=kind,
        key=f"{kind}:{EventRecord.objects.count()}",
        happened_at=at,
        customer_id=customer.pk,
        order_id=order.pk if order else None,
    )
