import math
import random

from hypothesis import given
from hypothesis import strategies as st

from passaparola.journeys.rules.rhythm import LONGEST, SHORTEST, ShopRhythm, missed_after, shop_rhythm

SHOP = ShopRhythm(mean=math.log(60), within=0.3, between=0.5)


def test_the_weekly_customer_is_missed_long_before_the_yearly_one():
    weekly, yearly = missed_after(7, 10, SHOP), missed_after(365, 10, SHOP)

    assert weekly < 30
    assert yearly > 365


def test_who_bought_once_has_the_shops_rhythm():
    assert missed_after(None, 0, SHOP) == missed_after(1, 0, SHOP) > 60


@given(st.floats(0.1, 3000), st.integers(0, 200))
def test_it_is_never_too_soon_and_never_after_years(gap, count):
    assert SHORTEST <= missed_after(gap, count, SHOP) <= LONGEST


@given(st.floats(1, 50), st.integers(1, 30), st.integers(1, 30))
def test_the_quicker_somebodys_own_rhythm_is_known_to_be_the_sooner_they_are_missed(gap, count, more):
    assert missed_after(gap, count + more, SHOP) <= missed_after(gap, count, SHOP)


def test_nine_of_ten_come_back_before_they_are_missed():
    chance = random.Random(7)
    people = [math.log(60) + chance.gauss(0, 0.7) for _ in range(3000)]
    gaps = [[math.exp(chance.gauss(own, 0.5)) for _ in range(4)] for own in people]
    shop = shop_rhythm([own[:3] for own in gaps])

    back = sum(own[3] <= missed_after(sum(own[:3]) / 3, 3, shop) for own in gaps)

    assert 0.85 < back / len(gaps) < 0.96


def test_a_young_shop_has_no_rhythm_yet():
    assert shop_rhythm([[30.0]] * 19) is None
    assert shop_rhythm([[30.0]] * 20)
