"""What a return gives back, counted again whenever somebody says how many pieces of it count."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from passaparola.returns.models import Item, Return
from passaparola.returns.rules import money
from passaparola.returns.rules.policy import Resolution
from passaparola.returns.rules.window import add_working_days
from passaparola.returns.standing import standing_of


def count_again(filed: Return, *, now: datetime) -> None:
    """Set worth and amounts of a locked return from the pieces that count. It never gets more than it had."""
    worth = sum((_worth(item, filed.currency) for item in filed.items.all()), money.ZERO)
    paid = standing_of(filed.order, now=now).paid
    own = filed.amount if filed.refund_id is None else money.ZERO
    settled = money.settle(
        worth,
        replace(paid, bound=paid.bound - own),
        filed.currency,
        shipping=filed.shipping,
        fee=filed.fee,
        bonus_percent=filed.bonus_percent,
    )
    filed.worth = worth
    filed.amount, filed.fee, filed.bonus = (
        (settled.amount, settled.fee, settled.bonus)
        if Resolution(filed.resolution).is_money
        else (money.ZERO, money.ZERO, money.ZERO)
    )


def _worth(item: Item, currency: str) -> Decimal:
    return sum(money.pieces(item.worth, item.quantity, currency)[: item.counts], money.ZERO)


def end_of_working_day(filed: Return, now: datetime, days: int) -> datetime:
    """Return the evening (18:00 at the shop) of the day so many working days from now: what we promise."""
    store = filed.store
    day = add_working_days(now.astimezone(store.zone).date(), days, store.country)
    return datetime.combine(day, time(18), store.zone)


def end_of_day(filed: Return, now: datetime, days: int) -> datetime:
    """Return the end of the day so many days from now: until when somebody else has time."""
    day = now.astimezone(filed.store.zone).date() + timedelta(days=days + 1)
    return datetime.combine(day, time(0), filed.store.zone) - timedelta(seconds=1)
