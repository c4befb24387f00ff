"""A shop with a journey or two, and ways to let things happen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.journeys import actions
from passaparola.journeys.models import Enrolment, Journey
from passaparola.kernel.events import emit
from passaparola.messages.models import Message
from passaparola.orders.actions.progress import roll_up
from passaparola.orders.events import OrderCancelled, OrderPlaced
from passaparola.orders.models import Order
from passaparola.segments.tests.people import bought, person
from passaparola.stores.models import Store
from passaparola.tracking.events import OrderDelivered

REST = {"id": "rest", "kind": "wait", "for": "2 days"}
SAY = {"id": "say", "kind": "send_message", "message": "delivered"}
THANKS: dict[str, Any] = {"name": "Thank you", "trigger": {"on": "OrderDelivered"}, "steps": [REST, SAY]}


@dataclass
class Shop:
    """Bottega Luna with time in our hands."""

    store: Store
    now: datetime = NOON

    def journey(self, document: dict[str, Any] = THANKS, *, key: str = "thanks", **changes: Any) -> Journey:
        actions.save(self.store, key=key, document=document | changes, by=None, now=self.now)
        journey = Journey.objects.get(store=self.store, key=key)
        actions.switch_on(journey, now=self.now)
        return journey

    def order(self, customer: Customer, total: int = 50, **more: Any) -> Order:
        return bought(customer, total, days_ago=10, email=customer.email, **more)

    def tell(
        self, kind: type, order: Order, *, key: str = "", customer: Customer | None = None, **data: Any
    ) -> None:
        event = kind(
            store_id=self.store.pk,
            happened_at=self.now,
            key=key or f"{kind.__name__}:{order.pk}",
            order_id=order.pk,
            customer_id=customer.pk if customer else order.customer_id,
            **data,
        )
        emit([event], now=self.now)

    def deliver(self, order: Order, **more: Any) -> None:
        Order.objects.filter(pk=order.pk).update(delivered_at=self.now)
        self.tell(OrderDelivered, order, **more)

    def place(self, order: Order, **more: Any) -> None:
        self.tell(OrderPlaced, order, **more)

    def cancel(self, order: Order) -> None:
        Order.objects.filter(pk=order.pk).update(cancelled_at=self.now)
        roll_up([order.customer_id or 0])
        self.tell(OrderCancelled, order)

    def later(self, **time: float) -> None:
        """Let time pass, and whatever is due happen."""
        self.now += timedelta(**time)
        while actions.advance_due(self.now):
            pass

    def walk(self, *, hours: float) -> None:
        """Let time pass, stopping at each moment at which somebody is due."""
        until = self.now + timedelta(hours=hours)
        while due := Enrolment.objects.filter(ended_at=None, due_at__lte=until).order_by("due_at").first():
            self.now = max(self.now, due.due_at or until)
            self.later()
        self.now = until

    def said(self) -> list[str]:
        return list(
            Message.objects.filter(asked_by__startswith="journey:")
            .order_by("pk")
            .values_list("kind", flat=True)
        )

    def where(self) -> list[str]:
        """Where everybody stands, or why it is over for them."""
        return [one.ended_by or one.position for one in Enrolment.objects.order_by("pk")]


@pytest.fixture
def shop(luna: Store) -> Shop:
    return Shop(luna)


@pytest.fixture
def anna(luna: Store) -> Customer:
    return person(luna, "Anna")


Happen = Callable[..., None]
