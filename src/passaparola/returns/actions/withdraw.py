"""Withdrawing from the contract: a statement, kept word for word, and what follows from it by law.

Nobody decides about it. Within the period the statement ends the contract the moment it is made; we only
acknowledge it, with its content and its time.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.kernel.events import emit
from passaparola.orders.models import Order
from passaparola.returns.actions.amounts import end_of_day
from passaparola.returns.actions.decide import approved
from passaparola.returns.actions.errors import CannotError
from passaparola.returns.actions.file import new_return
from passaparola.returns.actions.steps import CLOCK, CUSTOMER, take
from passaparola.returns.events import WithdrawalStated
from passaparola.returns.models import Item, Return, Statement
from passaparola.returns.rules import money
from passaparola.returns.rules.policy import Resolution, Way
from passaparola.returns.rules.states import State
from passaparola.returns.rules.window import WITHDRAWAL_DAYS
from passaparola.returns.standing import Pieces, Standing, standing_of
from passaparola.stores.models import Member, Store

REASON = "withdrawal"


@transaction.atomic
def withdraw(
    store: Store,
    *,
    key: str,
    order: Order | None,
    name: str,
    email: str,
    order_number: str,
    words: str,
    language: str,
    now: datetime,
    pieces: Mapping[int, int] | None = None,
) -> Statement:
    """Keep the statement and file what follows from it; made twice (the same `key`), it is one.

    Without `pieces` it is about everything. One that names no order we know, or comes after the period, is
    kept as well: somebody looks at it.
    """
    if order is not None:
        order = (
            Order.objects.select_for_update(of=("self",))
            .select_related("store")
            .get(pk=order.pk, store=store)
        )
    known = Statement.objects.filter(store=store, key=key).first()
    if known:
        return known
    standing = standing_of(order, now=now) if order else None
    chosen = _chosen(standing, pieces) if standing else {}
    statement = Statement.objects.create(
        store=store,
        order=order,
        key=key,
        name=name,
        email=email,
        order_number=order_number,
        items=_named(standing, chosen) if standing and pieces is not None else [],
        words=words,
        language=language,
        stated_at=now,
        is_late=standing is not None and not standing.may_withdraw,
    )
    if standing and chosen and standing.may_withdraw:
        statement.filed = _file(standing, chosen, statement, now)
        statement.save(update_fields=["filed"])
    _tell(statement, now)
    return statement


def _chosen(standing: Standing, pieces: Pieces | None) -> dict[int, int]:
    offered = {one.line.pk: one.left for one in standing.withdrawable()}
    if pieces is None:
        return offered
    chosen = {pk: quantity for pk, quantity in pieces.items() if quantity}
    if not chosen or any(not 0 < quantity <= offered.get(pk, 0) for pk, quantity in chosen.items()):
        raise CannotError(_("Choose what of this order you withdraw from."))
    return chosen


def _named(standing: Standing, chosen: Pieces) -> list[list[object]]:
    lines = {pk: standing.by_id[pk].line for pk in chosen}
    return [[", ".join(filter(None, (lines[pk].title, lines[pk].variant))), n] for pk, n in chosen.items()]


def _file(standing: Standing, chosen: Pieces, statement: Statement, now: datetime) -> Return:
    """The return that follows: approved by law, with shipping where nothing of the order is kept."""
    order = standing.order
    worth = standing.worth(chosen)
    whole = standing.is_everything(chosen)
    shipping = money.shipping_paid(standing.bought, standing.paid) if whole else money.ZERO
    settled = money.settle(worth, standing.paid, order.currency, shipping=shipping)
    filed = new_return(
        order,
        key=f"w-{statement.key}"[:40],
        language=statement.language,
        now=now,
        is_withdrawal=True,
        resolution=Resolution.REFUND,
        way=Way.OWN,
        # What has not left the shop need not come back to it.
        is_kept=order.shipped_at is None and order.delivered_at is None and standing.arrived.some_at is None,
        policies=REASON,
        send_days=WITHDRAWAL_DAYS,
        worth=settled.worth,
        shipping=shipping,
        amount=settled.amount,
    )
    filed.refund_by = end_of_day(filed, now, WITHDRAWAL_DAYS)
    Item.objects.bulk_create(
        Item(filed=filed, line_id=pk, quantity=n, reason=REASON, worth=standing.by_id[pk].worth(n))
        for pk, n in chosen.items()
    )
    take(filed, State.REQUESTED, now=now, who=CUSTOMER, words=statement.words)
    approved(filed, now=now, who=CLOCK)
    return filed


def _tell(statement: Statement, now: datetime) -> None:
    order = statement.order
    emit(
        [
            WithdrawalStated(
                store_id=statement.store_id,
                happened_at=now,
                key=f"withdrawal:{statement.pk}",
                customer_id=order.customer_id if order else None,
                order_id=order.pk if order else None,
                subject_id=statement.pk,
                number=statement.order_number,
            )
        ],
        now=now,
    )


def deal_with(statement: Statement, *, by: Member, now: datetime) -> None:
    """Note that somebody has looked after a statement that named no order of ours, or came late."""
    Statement.objects.filter(pk=statement.pk, dealt_with_at=None).update(dealt_with_at=now, dealt_with_by=by)
