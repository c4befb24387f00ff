"""Which confirmation an order gets."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from passaparola.messages.rules import confirmation as which
from passaparola.messages.rules.confirmation import Choosing, choose_confirmation

OFFERS = {which.ENTICING, which.SIMILAR_ITEMS}
choosings = st.builds(
    Choosing,
    setting=st.sampled_from(["by_rule", "simple", "enticing", "nonsense", "", *which.ALL]),
    total=st.decimals(0, 5000, places=2),
    days_to_go=st.none() | st.integers(-5, 60),
    lines=st.integers(0, 20),
)


@given(choosings)
def test_there_is_always_one_and_offers_have_a_plain_fallback(order):
    chosen = choose_confirmation(order)

    assert chosen.kind in which.ALL
    assert (chosen.kind in OFFERS) == bool(chosen.fallback)
    assert chosen.fallback not in OFFERS


@given(choosings)
def test_nothing_is_sold_to_those_who_did_not_agree(order):
    assert order.agreed_to_offers or choose_confirmation(order).kind not in OFFERS


def test_somebody_new_is_welcomed():
    assert choose_confirmation(Choosing(is_first_order=True)).kind == which.WARM_WELCOME


def test_a_dear_first_order_is_reassured_before_it_is_welcomed():
    order = Choosing(is_first_order=True, total=Decimal(400))

    assert choose_confirmation(order).kind == which.REASSURING


def test_a_long_way_reassures():
    assert choose_confirmation(Choosing(is_abroad=True)).kind == which.REASSURING
    assert choose_confirmation(Choosing(days_to_go=12)).kind == which.REASSURING


def test_a_coupon_or_similar_items_go_to_those_who_agreed():
    coupon = Choosing(has_coupon=True, agreed_to_offers=True)
    similar = Choosing(has_similar_items=True, agreed_to_offers=True)

    assert choose_confirmation(coupon).kind == which.ENTICING
    assert choose_confirmation(similar).kind == which.SIMILAR_ITEMS


def test_the_shop_may_want_the_same_for_everybody():
    assert choose_confirmation(Choosing(setting="simple", is_first_order=True)).kind == which.SIMPLE
    assert choose_confirmation(Choosing(setting="confirmation_warm_welcome")).kind == which.WARM_WELCOME


def test_a_wish_that_can_not_be_fulfilled_brings_back_the_rule():
    order = Choosing(setting="enticing", agreed_to_offers=True, has_coupon=False, is_first_order=True)

    assert choose_confirmation(order).kind == which.WARM_WELCOME
