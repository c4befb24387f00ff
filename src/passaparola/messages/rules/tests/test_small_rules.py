"""Consent, language, trying again, bounces."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.messages.rules.consents import Said, agreed
from passaparola.messages.rules.language import language_of
from passaparola.messages.rules.retry import is_hard_bounce, pause_after, retry_at
from passaparola.messages.rules.tests.some import NOW
from passaparola.messages.rules.values import Purpose

DAY = timedelta(days=1)


def test_nobody_said_means_no():
    assert agreed(None, None, ()) == frozenset()


def test_a_later_no_given_to_us_beats_the_shops_yes():
    no = Said("offer", is_given=False, said_at=NOW)

    assert Purpose.OFFER not in agreed(True, NOW - DAY, [no])
    assert Purpose.OFFER in agreed(True, NOW + DAY, [no])


@given(st.permutations([Said("offer", True, NOW), Said("offer", False, NOW), Said("news", True, NOW)]))
def test_of_a_yes_and_a_no_at_once_the_no_counts_in_any_order(said):
    assert agreed(None, None, said) == {Purpose.NEWS}


@pytest.mark.parametrize(
    ("customer", "order", "store", "language"),
    [
        ("it", "en", "en", "it"),
        ("", "en-GB", "it", "en"),
        ("", "", "it", "it"),
        ("de", "it", "it", "en"),
        ("", "", "", "en"),
    ],
)
def test_we_write_in_the_customers_language(customer, order, store, language):
    assert language_of(customer, order, store) == language


def test_tries_are_made_farther_and_farther_apart():
    waits = [retry_at(attempts, NOW) - NOW for attempts in range(1, 12)]

    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert pause_after(0) < pause_after(3) <= pause_after(99) == timedelta(seconds=60)


@pytest.mark.parametrize(
    ("code", "words", "is_hard"),
    [
        (550, "5.1.1 The email account does not exist", True),
        (550, "No such user here", True),
        (550, "", True),
        (553, "sorry, that address is not allowed", True),
        (550, "5.7.1 Message rejected as spam", False),
        (550, "Blocked by our policy", False),
        (552, "5.2.2 mailbox full", False),
        (554, "Transaction failed", False),
        (550, "5.2.1 mailbox disabled", True),
    ],
)
def test_only_a_dead_address_is_a_hard_bounce(code, words, is_hard):
    assert is_hard_bounce(code, words) is is_hard
