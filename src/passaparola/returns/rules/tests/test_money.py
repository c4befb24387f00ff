"""Money is exact: parts add up, and nothing is given back twice."""

import os
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from passaparola.returns.rules.money import (
    ZERO,
    Bought,
    Paid,
    coin,
    goods_paid,
    pieces,
    settle,
    shared,
    shipping_paid,
    worths,
)

MANY = int(os.environ.get("PASSAPAROLA_RETURNS_EXAMPLES", "300"))
"""How many random sequences; 100,000 are run before a release."""
cents = st.integers(0, 200_000).map(lambda n: Decimal(n) / 100)
percent = st.integers(0, 40).map(Decimal)


def test_three_pieces_for_ten_euros_give_ten_euros():
    assert pieces(Decimal(10), 3, "EUR") == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]


def test_yen_have_no_cents():
    assert coin("JPY") == 1
    assert pieces(Decimal(1000), 3, "JPY") == [334, 333, 333]


def test_a_discount_on_the_whole_order_is_shared_by_its_lines():
    lines = [Bought(quantity=1, amount=Decimal(30)), Bought(quantity=1, amount=Decimal(10))]

    found = worths(lines, Paid(total=Decimal(36), shipping=Decimal(6)), "EUR")

    assert found == [Decimal("22.50"), Decimal("7.50")]


def test_taxes_on_top_go_back_with_the_line_they_were_paid_for():
    lines = [
        Bought(quantity=1, amount=Decimal(100), tax=Decimal(22)),
        Bought(quantity=1, amount=Decimal(50), tax=Decimal(2)),
    ]
    paid = Paid(total=Decimal("186.20"), shipping=Decimal(10), tax=Decimal("26.20"))

    assert worths(lines, paid, "EUR") == [Decimal(122), Decimal(52)]
    assert shipping_paid(lines, paid) == Decimal("12.20")


def test_a_tip_is_no_goods():
    lines = [Bought(quantity=1, amount=Decimal(40))]

    assert goods_paid(lines, Paid(total=Decimal(45), shipping=ZERO)) == 40


def test_a_fee_is_never_more_than_what_it_is_taken_from():
    found = settle(Decimal(3), Paid(total=Decimal(10)), "EUR", fee=Decimal(5))

    assert (found.fee, found.amount) == (3, 0)


@given(
    whole=st.integers(-100_000, 100_000).map(lambda n: Decimal(n) / 100),
    weights=st.lists(st.integers(0, 5_000).map(lambda n: Decimal(n) / 100), min_size=1, max_size=9),
)
def test_parts_add_up_to_the_whole_and_are_fair(whole, weights):
    parts = shared(whole, weights, Decimal("0.01"))

    assert sum(parts) == whole
    total = sum(weights)
    if total:
        assert all(
            abs(part - whole * weight / total) < Decimal("0.01")
            for part, weight in zip(parts, weights, strict=True)
        )


@st.composite
def orders(draw):
    """An order as shops tell them: discounts in lines or on the whole, taxes inside or on top, a tip at times."""
    lines = [
        Bought(quantity=draw(st.integers(1, 6)), amount=draw(cents), tax=ZERO)
        for _ in range(draw(st.integers(1, 5)))
    ]
    if draw(st.booleans()):
        rate = draw(st.sampled_from([Decimal("0.22"), Decimal("0.10"), Decimal("0.04")]))
        lines = [
            Bought(
                quantity=line.quantity, amount=line.amount, tax=(line.amount * rate).quantize(Decimal("0.01"))
            )
            for line in lines
        ]
    goods = sum((line.amount + line.tax for line in lines), ZERO)
    off = min(goods, draw(cents)) if draw(st.booleans()) else ZERO
    shipping = draw(st.sampled_from([ZERO, Decimal("6.50"), Decimal("9.90")]))
    tip = draw(st.sampled_from([ZERO, Decimal(2)]))
    tax = sum((line.tax for line in lines), ZERO)
    return lines, Paid(total=goods - off + shipping + tip, shipping=shipping, tax=tax)


@given(orders())
def test_what_lines_are_worth_is_what_was_paid_for_the_goods(order):
    lines, paid = order

    found = worths(lines, paid, "EUR")

    assert sum(found) == goods_paid(lines, paid)
    assert goods_paid(lines, paid) + shipping_paid(lines, paid) <= paid.total
    assert all(worth >= 0 for worth in found)


@settings(max_examples=MANY, deadline=None)
@given(orders(), st.data())
def test_no_sequence_of_refunds_and_returns_gives_back_more_than_was_paid(order, data):
    """Returns open, end with money or without, and the shop refunds by itself in between."""
    lines, paid = order
    worth = worths(lines, paid, "EUR")
    each = [pieces(w, line.quantity, "EUR") for w, line in zip(worth, lines, strict=True)]
    gone = [0] * len(lines)
    refunded, given_back, open_returns = ZERO, ZERO, []
    for _ in range(data.draw(st.integers(1, 8))):
        what = data.draw(st.sampled_from(["return", "return", "refund", "end", "drop"]))
        bound = sum((amount for _, _, amount in open_returns), ZERO)
        now = Paid(total=paid.total, shipping=paid.shipping, tax=paid.tax, refunded=refunded, bound=bound)
        if what == "return":
            n = data.draw(st.integers(0, len(lines) - 1))
            asked = data.draw(st.integers(1, 6))
            if gone[n] + asked <= lines[n].quantity:
                value = sum(each[n][gone[n] : gone[n] + asked], ZERO)
                fee = data.draw(st.sampled_from([ZERO, Decimal(5)]))
                settled = settle(value, now, "EUR", fee=fee, bonus_percent=data.draw(percent))
                assert ZERO <= settled.amount <= value
                open_returns.append((n, asked, settled.amount))
                gone[n] += asked
        elif what == "refund":  # a kindness of the shop's, by its own system, which we do not rule
            refunded += min(data.draw(cents), now.left)
        elif open_returns and what == "end":
            _, _, amount = open_returns.pop(data.draw(st.integers(0, len(open_returns) - 1)))
            refunded += amount
            given_back += amount
        elif open_returns:
            n, asked, _ = open_returns.pop()
            gone[n] -= asked
        assert refunded + sum((amount for _, _, amount in open_returns), ZERO) <= paid.total
    assert given_back <= goods_paid(lines, paid)
