"""A birthday comes from a file or a shop, or from its person: whose own word counts, also when it is “none”."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import NOON

from passaparola.customers import actions
from passaparola.customers.models import Customer
from passaparola.customers.tests.test_people import ACCOUNT, buys
from passaparola.inbound import reading
from passaparola.orders.exports.orders import read_orders
from passaparola.orders.exports.words import WORDS
from passaparola.stores.models import Store

BORN = replace(ACCOUNT, birthday="03-21")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("1985-03-21", "03-21"),
        ("1985-03-21 00:00:00", "03-21"),
        ("03-21", "03-21"),
        ("21/3/1985", "03-21"),
        ("29.02.1984", "02-29"),
        ("30/02/1985", ""),
        ("13-13", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_day_is_read_as_people_write_it_and_the_year_is_left_out(cell: str, kept: str) -> None:
    assert reading.birthday(cell) == kept


def test_a_file_of_orders_tells_birthdays() -> None:
    lines = [
        "numero ordine,data ordine,totale,email,data di nascita\n",
        "7,2026-01-02,40,a@posta.example,21/03/1985\n",
    ]

    (row,) = read_orders(lines, {}, WORDS)

    assert row.facts
    assert row.facts.orders[0].customer.birthday == "03-21"


@pytest.mark.django_db
def test_what_a_shop_tells_is_kept_and_stays_when_it_says_no_more(luna: Store) -> None:
    buys(luna, "1", BORN)
    buys(luna, "2", replace(ACCOUNT, updated_at=NOON + timedelta(days=1)))

    assert Customer.objects.get().birthday == "03-21"


@pytest.mark.django_db
def test_their_own_word_counts_also_when_it_is_none(luna: Store) -> None:
    customer = buys(luna, "1", BORN).customer
    assert customer
    actions.tell_birthday(customer, "", now=NOON + timedelta(hours=1))

    buys(luna, "2", BORN)

    assert Customer.objects.get().birthday == ""
