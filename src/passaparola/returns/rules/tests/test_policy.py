"""What may go back, until when, and under which rule."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.returns.rules.policy import (
    USUAL,
    No,
    Policy,
    Resolution,
    Terms,
    Thing,
    Way,
    judge,
    policy_for,
    terms,
)
from passaparola.returns.rules.reasons import USUAL as REASONS
from passaparola.returns.rules.reasons import Reason, choosable, named, switched, tree
from passaparola.returns.rules.states import ENDED, NEXT, State, may_follow
from passaparola.returns.rules.window import Arrived, add_working_days, last_day_to_withdraw

ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 11, 18, 12, tzinfo=ROME)
CUP = Thing(product="7", title="Tazza Alba", tags=frozenset({"tazze"}), price=Decimal(22), quantity=2)
CAME = Arrived(
    placed_at=NOON - timedelta(days=9), last_at=NOON - timedelta(days=4), some_at=NOON - timedelta(days=6)
)


def test_the_first_policy_that_fits_counts():
    abroad = Policy(name="abroad", countries=frozenset({"GB", "US"}))
    dear = Policy(name="dear", price_from=Decimal(100))
    cups = Policy(name="cups", tags=frozenset({"tazze"}))
    titled = Policy(name="titled", products=frozenset({"tazza alba"}))

    assert policy_for([abroad, dear, cups], CUP, "IT") is cups
    assert policy_for([abroad, dear, cups], CUP, "GB") is abroad
    assert policy_for([titled, cups], CUP, "IT") is titled
    assert policy_for([abroad, dear], CUP, "IT") is USUAL


def test_a_price_just_below_the_limit_is_below_it():
    assert policy_for([Policy(name="p", price_below=Decimal(22))], CUP, "IT") is USUAL
    assert policy_for([Policy(name="p", price_from=Decimal(22))], CUP, "IT").name == "p"


def test_the_window_counts_from_the_last_parcel_and_its_last_day_counts_whole():
    policy = Policy(days=14)
    evening = datetime(2026, 11, 28, 23, 59, tzinfo=ROME)

    assert judge(CUP, policy, CAME, zone=ROME, now=evening).may
    after = judge(CUP, policy, CAME, zone=ROME, now=evening + timedelta(minutes=1))
    assert (after.no, after.until) == (No.WINDOW_OVER, date(2026, 11, 28))


def test_while_something_is_still_to_come_the_window_has_not_begun():
    partly = Arrived(placed_at=NOON - timedelta(days=90), some_at=NOON - timedelta(days=80))

    verdict = judge(CUP, Policy(days=14), partly, zone=ROME, now=NOON)

    assert verdict.may
    assert verdict.until is None
    away = Thing(quantity=1, is_here=False)
    assert judge(away, Policy(days=14), partly, zone=ROME, now=NOON).no is No.NOT_ARRIVED


def test_what_has_not_arrived_cannot_go_back():
    assert judge(CUP, USUAL, Arrived(placed_at=NOON), zone=ROME, now=NOON).no is No.NOT_ARRIVED


def test_an_order_nobody_told_more_of_counts_from_a_month_after_it_was_placed():
    unheard = Arrived(placed_at=NOON - timedelta(days=40), is_followed=False)

    assert judge(CUP, Policy(days=14), unheard, zone=ROME, now=NOON).until == date(2026, 11, 22)
    assert judge(CUP, Policy(days=14), unheard, zone=ROME, now=NOON + timedelta(days=9)).no is No.WINDOW_OVER


@pytest.mark.parametrize(
    ("thing", "policy", "no"),
    [
        (CUP, Policy(is_final_sale=True), No.FINAL_SALE),
        (Thing(quantity=0), USUAL, No.ALL_BACK),
        (Thing(quantity=1, needs_shipping=False), USUAL, No.NOT_SHIPPED),
    ],
)
def test_a_no_has_a_reason(thing, policy, no):
    assert judge(thing, policy, CAME, zone=ROME, now=NOON).no is no


def test_nothing_of_a_cancelled_order_goes_back():
    assert judge(CUP, USUAL, CAME, zone=ROME, now=NOON, is_cancelled=True).no is No.CANCELLED


def test_the_withdrawal_ends_on_a_working_day():
    # 14 days after Friday 20 November is Friday 4 December; after Sunday 22 it is Sunday, so Monday 7.
    assert last_day_to_withdraw(datetime(2026, 11, 20, 12, tzinfo=ROME), ROME, "IT") == date(2026, 12, 4)
    assert last_day_to_withdraw(datetime(2026, 11, 22, 12, tzinfo=ROME), ROME, "IT") == date(2026, 12, 7)
    # 8 December is a holiday in Italy.
    assert last_day_to_withdraw(datetime(2026, 11, 24, 12, tzinfo=ROME), ROME, "IT") == date(2026, 12, 9)


def test_working_days_skip_weekends_and_holidays():
    assert add_working_days(date(2026, 12, 4), 2, "IT") == date(2026, 12, 9)


@given(st.integers(0, 3_000), st.integers(0, 40))
def test_the_law_is_never_shortened(since, days):
    arrived = NOON + timedelta(days=since)
    ends = last_day_to_withdraw(arrived, ROME, "IT")

    assert arrived.date() + timedelta(days=14) <= ends <= arrived.date() + timedelta(days=20)
    assert ends.weekday() < 5
    assert add_working_days(arrived.date(), days, "IT") >= arrived.date() + timedelta(days=days)


def test_several_policies_give_what_all_of_them_allow():
    one = Policy(
        fee=Decimal(5), resolutions=(Resolution.REFUND, Resolution.CREDIT), ways=(Way.LABEL, Way.OWN)
    )
    other = Policy(resolutions=(Resolution.CREDIT, Resolution.REPAIR), ways=(Way.PICK_UP,), refund_days=9)
    mind = named(REASONS, "changed_mind")

    found = terms([(one, mind), (other, mind)], Decimal(40))

    assert found.resolutions == (Resolution.CREDIT,)
    assert found.ways == (Way.OWN,)
    assert (found.fee, found.refund_days, found.needs_a_person) == (5, 9, False)


def test_what_is_our_doing_costs_nothing_and_may_stay_when_it_is_worth_little():
    policy = Policy(fee=Decimal(5), keep_below=Decimal(30))
    broken = named(REASONS, "broken.on_the_way")

    little, much = terms([(policy, broken)], Decimal(22)), terms([(policy, broken)], Decimal(30))

    assert (little.fee, little.is_kept, little.needs_photo, little.needs_a_person) == (0, True, True, True)
    assert not much.is_kept
    assert not Terms(policies=(policy,), worth=Decimal(1)).is_kept


def test_reasons_are_a_tree_of_which_the_ends_can_be_chosen():
    found = choosable(REASONS)

    assert "broken" not in found
    assert {"broken.on_the_way", "changed_mind"} <= set(found)
    assert [step.key for reason, steps in tree(REASONS) if reason.key == "broken" for step in steps] == [
        "broken.on_the_way",
        "broken.inside",
    ]


def test_a_shop_may_switch_reasons_off_and_add_its_own():
    own = Reason(key="allergy", words="I am allergic to it")

    found = choosable(switched(["broken"], ["gift"], [own]))

    assert not [key for key in found if key.startswith("broken")]
    assert found["gift"].needs_photo
    assert found["allergy"] is own
    assert named((), "broken").words == "It arrived broken"


def test_every_step_leads_to_an_end_and_ends_lead_nowhere():
    for state in State:
        seen, todo = set(), [state]
        while todo:
            one = todo.pop()
            seen.add(one)
            todo += [following for following in NEXT[one] if following not in seen]
        assert seen & ENDED
    assert not any(NEXT[state] for state in ENDED)
    assert not may_follow(State.REFUSED, State.APPROVED)
