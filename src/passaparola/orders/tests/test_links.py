"""The order page's link opens one order, for eighteen months, and can't be made up."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from passaparola.kernel import signing
from passaparola.orders import links

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)


@given(st.integers(1, 2**48 - 1), st.dates(date(2021, 1, 1), date(2100, 1, 1)))
def test_a_link_opens_its_own_order(order, day):
    now = datetime.combine(day, time(23, 59), UTC)
    token = links.order_token(order, now=now)

    assert links.read_link(token, now=now) == (order, 0)


def test_a_link_ends_after_eighteen_months():
    token = links.order_token(7, now=NOW)

    assert links.read_link(token, now=NOW + timedelta(days=548)) == (7, 0)
    assert links.read_link(token, now=NOW + timedelta(days=600)) is None


@given(st.integers(0, 200), st.sampled_from("ABCxyz019-_=.é "))
def test_a_changed_token_opens_nothing(place, letter):
    token = links.order_token(7, now=NOW)
    changed = token[: place % len(token)] + letter + token[place % len(token) + 1 :]

    assert changed == token or links.read_link(changed, now=NOW) is None


@given(st.text(max_size=60))
def test_nonsense_opens_nothing(token):
    assert links.read_link(token, now=NOW) is None


def test_a_token_for_something_else_opens_nothing():
    token = signing.sign("unsubscribe", 7, expires=NOW.date() + timedelta(days=9))

    assert links.read_link(token, now=NOW) is None


def test_mails_of_one_month_carry_the_same_short_address(settings):
    settings.PUBLIC_URL = "https://ordini.bottegaluna.example"

    first, second = (links.order_link(10_240, now=NOW + timedelta(days=days)) for days in (0, 9))

    assert first == second
    assert first.startswith("https://ordini.bottegaluna.example/o/")
    assert len(first.split("/o/")[1]) <= 25


@given(st.integers(1, 2**48 - 1), st.integers(0, 2**16))
def test_a_link_names_the_epoch_it_was_made_in(order, epoch):
    token = links.order_token(order, now=NOW, epoch=epoch)

    assert links.read_link(token, now=NOW) == (order, epoch)


def test_a_link_for_one_purpose_opens_nothing_for_another():
    token = links.order_token(7, now=NOW, purpose="gift")

    assert links.read_link(token, now=NOW) is None
    assert links.read_link(token, now=NOW, purpose="gift") == (7, 0)
