"""What came after parcels in time and after late ones, said with how sure it is."""

from datetime import timedelta

import pytest
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.orders.models import Order
from passaparola.promises.aftermath import ENOUGH, After, aftermath
from passaparola.promises.models import Promise
from passaparola.stores.models import Store

DAY = timedelta(days=1)


@pytest.mark.django_db
def test_of_each_customers_first_parcel_it_is_counted_who_bought_again(luna: Store) -> None:
    due = NOON - 200 * DAY
    people = Customer.objects.bulk_create(Customer(store=luna) for _ in range(6))
    orders = Order.objects.bulk_create(
        Order(store=luna, source="shopify", external_id=str(n), customer=one, placed_at=due - 5 * DAY)
        for n, one in enumerate(people)
    )
    Promise.objects.bulk_create(
        Promise(
            store=luna, key=f"delivery:order:{order.pk}", kind="delivery", order=order, customer=order.customer,
            made_at=order.placed_at, due_at=due, kept_at=due - DAY if n < 4 else due + DAY, broken_at=None,
        )
        for n, order in enumerate(orders)
    )  # fmt: skip
    for n, days in ((0, 30), (1, 89), (2, 91), (4, 10)):
        placed = due + days * DAY
        Order.objects.create(
            store=luna, source="shopify", external_id=f"again{n}", customer=people[n], placed_at=placed
        )

    found = aftermath(luna, since=NOON - 365 * DAY, now=NOON)

    assert [(one.kept, one.kept_did, one.late, one.late_did) for one in found] == [(4, 2, 2, 1)]
    assert not found[0].is_enough


def test_a_difference_that_chance_makes_too_is_said_to_be_one() -> None:
    small = After("Bought again", kept=100, kept_did=50, late=ENOUGH, late_did=8)
    large = After("Bought again", kept=1000, kept_did=500, late=400, late_did=140)

    assert small.is_enough
    assert small.may_be_chance
    assert not large.may_be_chance
    assert (round(large.points), large.high < 0) == (-15, True)
