"""One person, however many addresses, phones and accounts."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOON

from passaparola.customers import actions, rules
from passaparola.customers.facts import CustomerFacts
from passaparola.customers.models import Customer, Merge
from passaparola.orders import actions as orders
from passaparola.orders.actions import Sourced
from passaparola.orders.facts import Facts, OrderFacts
from passaparola.orders.models import Order
from passaparola.stores.models import Member, Store

GUEST = CustomerFacts(email="giulia@posta.example", first_name="Giulia")
ACCOUNT = CustomerFacts(
    external_id="7",
    email="Giulia@Posta.example",
    email_is_verified=True,
    first_name="Giulia",
    last_name="Moretti",
    updated_at=NOON,
)


def buys(store: Store, number: str, who: CustomerFacts, source: str = "shopify") -> Order:
    facts = OrderFacts(
        external_id=number,
        number=number,
        placed_at=NOON,
        updated_at=NOON,
        currency="EUR",
        total=Decimal(40),
        customer=who,
    )
    with transaction.atomic():
        orders.record([Sourced(store.pk, source, Facts(orders=(facts,)))], now=NOON)
    return Order.objects.get(external_id=number)


def test_two_guest_orders_from_one_address_are_one_person(luna: Store) -> None:
    first = buys(luna, "1", GUEST)

    second = buys(luna, "2", CustomerFacts(email=" GIULIA@posta.example"))

    assert first.customer == second.customer
    assert Customer.objects.get().orders_count == 2


def test_a_guest_becomes_the_later_account_with_the_same_verified_address(luna: Store) -> None:
    guest = buys(luna, "1", GUEST)

    account = buys(luna, "2", ACCOUNT)

    guest.refresh_from_db()
    person = Customer.objects.people().get()
    assert guest.customer == account.customer == person
    assert (person.name, person.orders_count, person.spent) == ("Giulia Moretti", 2, 80)


def test_an_address_that_nobody_verified_joins_nobody(luna: Store) -> None:
    buys(luna, "1", GUEST)

    buys(luna, "2", CustomerFacts(external_id="9", email="giulia@posta.example"), source="woocommerce")

    assert Customer.objects.people().count() == 2


def test_somebody_who_left_nothing_is_still_a_person(luna: Store) -> None:
    order = buys(luna, "1", CustomerFacts(first_name="Anonima"))

    assert order.customer
    assert order.customer.name == "Anonima"


def test_the_later_word_wins_field_by_field(luna: Store) -> None:
    newer = CustomerFacts(external_id="7", last_name="Moretti Rossi", updated_at=NOON + timedelta(days=2))
    buys(luna, "1", newer)

    buys(luna, "2", ACCOUNT)

    person = Customer.objects.people().get()
    assert (person.first_name, person.last_name) == ("Giulia", "Moretti Rossi")


def test_a_merge_moves_orders_and_numbers_and_undoing_it_gives_them_back(luna: Store, sara: Member) -> None:
    one = buys(luna, "1", GUEST)
    other = buys(luna, "2", CustomerFacts(email="giulia@lavoro.example"))
    assert one.customer
    assert other.customer

    actions.merge(one.customer, other=other.customer, by=sara, now=NOON)
    together = Customer.objects.people().get()
    assert set(together.orders.values_list("number", flat=True)) == {"1", "2"}
    assert together.orders_count == 2

    actions.part(Merge.objects.get(), by=sara, now=NOON)
    assert sorted(Customer.objects.people().values_list("email", "orders_count")) == [
        ("giulia@lavoro.example", 1),
        ("giulia@posta.example", 1),
    ]


def test_a_merge_that_was_undone_is_not_made_again_by_the_next_webhook(luna: Store, sara: Member) -> None:
    buys(luna, "1", GUEST)
    buys(luna, "2", ACCOUNT)
    actions.part(Merge.objects.get(), by=sara, now=NOON)

    buys(luna, "3", ACCOUNT)

    assert Customer.objects.people().count() == 2


def test_customers_of_two_shops_are_never_merged(luna: Store, sara: Member, stranger: Member) -> None:
    mine = buys(luna, "1", GUEST).customer
    theirs = buys(stranger.stores.get(), "2", GUEST).customer
    assert mine
    assert theirs

    with pytest.raises(ValueError, match="different shops"):
        actions.merge(mine, other=theirs, by=sara, now=NOON)


KNOWN = st.dictionaries(
    st.sampled_from(["first_name", "email", "tags"]),
    st.tuples(st.sampled_from("abc"), st.text(max_size=2)).map(list),
)


@given(st.lists(KNOWN, max_size=5), st.randoms())
def test_what_is_known_is_the_same_in_any_order_and_grouping(parts: list[Any], luck: Any) -> None:
    shuffled = [*parts, *parts]
    luck.shuffle(shuffled)
    half = len(shuffled) // 2

    grouped = rules.combine([rules.combine(shuffled[:half]), rules.combine(shuffled[half:])])

    assert grouped == rules.combine(parts)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_groups_hold_exactly_what_hangs_together(edges: list[tuple[int, int]]) -> None:
    groups = rules.groups(edges)

    home = {member: number for number, group in enumerate(groups) for member in group}
    assert sum(map(len, groups)) == len(home)
    assert all(home[one] == home[other] for one, other in edges)
