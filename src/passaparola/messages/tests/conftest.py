"""An order that was just placed, and how to place another."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.kernel.events import emit
from passaparola.orders.events import OrderPlaced
from passaparola.orders.models import Line, Order
from passaparola.stores.models import Store

_numbers = count(10_240)
PlaceOrder = Callable[..., Order]


@pytest.fixture
def place_order(luna: Store, giulia: Customer) -> PlaceOrder:
    """Place an order with two lines and let the world hear of it."""

    def place(*, tell: bool = True, **changes: object) -> Order:
        number = next(_numbers)
        given = {
            "store": luna,
            "source": "shopify",
            "external_id": str(number),
            "number": f"BL-{number}",
            "customer": giulia,
            "email": "giulia@posta.example",
            "placed_at": NOON - timedelta(minutes=1),
            "paid_at": NOON - timedelta(minutes=1),
            "payment_state": "paid",
            "payment_method": "Visa •••• 4242",
            "currency": "EUR",
            "total": Decimal("180.00"),
            "subtotal": Decimal("180.00"),
            "shipping_address": {
                "name": "Giulia Moretti",
                "line1": "via Emilia 12",
                "postcode": "40121",
                "city": "Bologna",
                "country": "IT",
            },
        }
        order = Order.objects.create(**(given | changes))
        Line.objects.create(
            order=order,
            external_id="1",
            title="Piatto Luna",
            variant="glazed",
            quantity=2,
            unit_price=Decimal(46),
            total=Decimal(92),
            product_external_id="p1",
        )
        Line.objects.create(
            order=order,
            external_id="2",
            position=1,
            title="Tazza Alba",
            variant="sage",
            quantity=4,
            unit_price=Decimal(22),
            total=Decimal(88),
            product_external_id="p2",
        )
        if tell:
            emit([placed(order)], now=NOON)
        return order

    return place


def placed(order: Order, **changes: object) -> OrderPlaced:
    given = {
        "store_id": order.store_id,
        "happened_at": order.placed_at,
        "key": f"order:{order.pk}:placed",
        "customer_id": order.customer_id,
        "order_id": order.pk,
        "is_history": order.is_history,
    }
    return OrderPlaced(**(given | changes))
