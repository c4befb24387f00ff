"""What is said when an order is placed, cancelled or refunded."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.kernel.events import on
from passaparola.messages import actions, queries
from passaparola.messages.actions import Wanted
from passaparola.messages.rules.confirmation import Choosing, choose_confirmation
from passaparola.messages.rules.values import Purpose
from passaparola.messages.situations import OrderRow, Situations
from passaparola.orders.events import OrderCancelled, OrderPlaced, OrderRefunded


@on(OrderPlaced)
def confirm(batch: Sequence[OrderPlaced], now: datetime) -> None:
    """Confirm every order, each with the confirmation that fits it.

    Loaded once for the choice and for the decision: the whole batch costs a handful of statements.
    """
    events = [Wanted(store_id=e.store_id, key=e.key, kind="", order_id=e.order_id or 0) for e in batch]
    found = Situations.of(events, now)
    may_offer = [one.order_id for one in events if one.order_id and Purpose.OFFER in found.consents(one)]
    similar = queries.orders_with_similar_items(may_offer)
    lines = queries.line_counts(list(found.orders))
    wanted = []
    for event in events:
        order = found.orders[event.order_id or 0]
        chosen = choose_confirmation(
            _choosing(event, order, found, lines=lines.get(order.pk, 0), has_similar=order.pk in similar)
        )
        wanted.append(
            Wanted(
                store_id=event.store_id,
                key=f"confirmation:{event.key}",
                kind=chosen.kind,
                fallback=chosen.fallback,
                order_id=order.pk,
            )
        )
    actions.ask(wanted, now=now, situations=found)


def _choosing(one: Wanted, order: OrderRow, found: Situations, *, lines: int, has_similar: bool) -> Choosing:
    store, person = found.stores[order.store_id], found.person(one)
    placed_on = order.placed_at.astimezone(store.zone).date() if order.placed_at else None
    is_known = placed_on and order.promised_last
    return Choosing(
        setting=store.confirmation,
        is_first_order=person is None or person.orders_count <= 1,
        is_abroad=(order.ships_to or store.country) != store.country,
        total=order.total,
        days_to_go=(order.promised_last - placed_on).days if is_known else None,
        lines=lines,
        has_coupon=bool(store.welcome_coupon),
        has_similar_items=has_similar,
        agreed_to_offers=Purpose.OFFER in found.consents(one),
    )


@on(OrderCancelled)
def tell_cancelled(batch: Sequence[OrderCancelled], now: datetime) -> None:
    actions.ask(
        [
            Wanted(
                store_id=event.store_id,
                key=f"cancelled:{event.key}",
                kind="order_cancelled",
                order_id=event.order_id or 0,
            )
            for event in batch
        ],
        now=now,
    )


@on(OrderRefunded)
def tell_refunded(batch: Sequence[OrderRefunded], now: datetime) -> None:
    actions.ask(
        [
            Wanted(
                store_id=event.store_id,
                key=f"refunded:{event.key}",
                kind="refunded",
                order_id=event.order_id or 0,
                data={"refund": event.subject_id, "amount": event.amount},
            )
            for event in batch
        ],
        now=now,
    )
