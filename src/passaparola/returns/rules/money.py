"""What each piece of an order is worth when it goes back: exact, to the smallest coin, and never invented.

An order's goods are worth what was paid for them: its lines, less what was taken off the whole order, plus
taxes that came on top. What falls on the whole order is shared by largest remainder, so that the parts always
add up to the whole. A line's pieces share the line in the same way: of three pieces for 10.00 one is worth
3.34, and which one is fixed by its place, so that three separate returns still give 10.00.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """One line as it was ordered: `quantity` pieces for `amount`, with `tax` where taxes came on top."""

    quantity: int
    amount: Decimal
    tax: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What was paid for a whole order, and what of it has gone back or is promised to."""

    total: Decimal
    shipping: Decimal = ZERO
    """Without the tax that came on top of it."""
    tax: Decimal = ZERO
    refunded: Decimal = ZERO
    """What the shop has given back already."""
    bound: Decimal = ZERO
    """What other returns that are still open will give back."""

    @property
    def left(self) -> Decimal:
        """What can still go back, and not a cent more."""
        return max(ZERO, self.total - self.refunded - self.bound)


def coin(currency: str) -> Decimal:
    """Return the smallest coin: 0.01 of a euro, 1 yen."""
    return Decimal(1).scaleb(-get_currency_precision(currency or "EUR"))


def rounded(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(coin(currency), ROUND_HALF_UP)


def shared(whole: Decimal, weights: Sequence[Decimal], smallest: Decimal) -> list[Decimal]:
    """Share `whole` in proportion to `weights`, in coins of `smallest`, by largest remainder.

    The parts add up to the whole exactly, each is within one coin of its fair part, and equal weights differ by
    at most one coin, the earlier one being the larger. `whole` may be negative. Without any weight all fall to
    the first; without anybody to share among, nothing is shared.
    """
    if not weights:
        return []
    total = sum(weights, ZERO)
    if total <= 0:
        return [whole, *[ZERO] * (len(weights) - 1)]
    coins = int((abs(whole) / smallest).to_integral_value(ROUND_FLOOR))
    rest = abs(whole) - coins * smallest
    fair = [coins * weight / total for weight in weights]
    parts = [int(part.to_integral_value(ROUND_FLOOR)) for part in fair]
    by_remainder = sorted(range(len(weights)), key=lambda n: (parts[n] - fair[n], n))
    for n in by_remainder[: coins - sum(parts)]:
        parts[n] += 1
    sign = -1 if whole < 0 else 1
    found = [sign * part * smallest for part in parts]
    found[by_remainder[0]] += sign * rest  # half a cent that a source told us: nobody may lose it
    return found


def goods_paid(lines: Sequence[Bought], paid: Paid) -> Decimal:
    """Return what was paid for the goods of an order: neither its shipping nor a tip.

    More than the lines add up to can only be taxes on top of them; less is a discount on the whole order.
    """
    sum_of_lines = sum((line.amount for line in lines), ZERO)
    on_top = paid.total - paid.shipping - sum_of_lines
    if on_top > 0:
        on_top = min(on_top, sum((line.tax for line in lines), ZERO))
    return max(ZERO, sum_of_lines + on_top)


def worths(lines: Sequence[Bought], paid: Paid, currency: str) -> list[Decimal]:
    """Return what each whole line is worth; together exactly `goods_paid`."""
    goods, smallest = goods_paid(lines, paid), coin(currency)
    difference = goods - sum((line.amount for line in lines), ZERO)
    if difference > 0:
        shares = shared(difference, [line.tax for line in lines], smallest)
        return [line.amount + share for line, share in zip(lines, shares, strict=True)]
    return shared(goods, [max(ZERO, line.amount) for line in lines], smallest)


def pieces(worth: Decimal, quantity: int, currency: str) -> list[Decimal]:
    """Return what each piece of a line is worth, in the order in which they go back."""
    return shared(worth, [Decimal(1)] * quantity, coin(currency)) if quantity > 0 else []


def shipping_paid(lines: Sequence[Bought], paid: Paid) -> Decimal:
    """Return what was paid for shipping, with the tax on it: what a withdrawal from everything gives back."""
    sum_of_lines = sum((line.amount for line in lines), ZERO)
    on_top = paid.total - paid.shipping - sum_of_lines
    taxes_of_lines = sum((line.tax for line in lines), ZERO)
    its_tax = max(ZERO, min(on_top - taxes_of_lines, paid.tax - taxes_of_lines))
    return max(ZERO, min(paid.shipping + its_tax, paid.total - goods_paid(lines, paid)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a return gives back."""

    worth: Decimal
    """Of the goods."""
    shipping: Decimal = ZERO
    fee: Decimal = ZERO
    amount: Decimal
    """What goes back: worth and shipping less the fee, and never more than is left of what was paid."""
    bonus: Decimal = ZERO
    """A gift on top, for those who take credit."""

    @property
    def whole(self) -> Decimal:
        return self.amount + self.bonus


def settle(
    worth: Decimal,
    paid: Paid,
    currency: str,
    *,
    shipping: Decimal = ZERO,
    fee: Decimal = ZERO,
    bonus_percent: Decimal = ZERO,
) -> Settlement:
    """Return what goes back for goods of this worth. The fee never exceeds what it is taken from."""
    before = min(worth + shipping, paid.left)
    fee = min(fee, before)
    amount = before - fee
    return Settlement(
        worth=worth,
        shipping=shipping,
        fee=fee,
        amount=amount,
        bonus=rounded(amount * bonus_percent / 100, currency),
    )
