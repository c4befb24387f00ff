"""Filing a return: from what somebody filled in to a return that the shop has to answer."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.orders.models import Order
from passaparola.returns.actions.amounts import end_of_working_day
from passaparola.returns.actions.decide import approved
from passaparola.returns.actions.drafts import (
    check_pieces,
    check_reasons,
    pieces_of,
    terms_of,
)
from passaparola.returns.actions.errors import CannotError
from passaparola.returns.actions.steps import CLOCK, CUSTOMER, take
from passaparola.returns.models import Draft, Item, Photo, Return
from passaparola.returns.rules import money
from passaparola.returns.rules.policy import Resolution, Terms
from passaparola.returns.rules.states import State
from passaparola.returns.standing import Pieces, Standing, standing_of
from passaparola.stores.models import Member


@transaction.atomic
def file(
    draft: Draft, *, language: str, now: datetime, by: Member | None = None, is_history: bool = False
) -> Return:
    """File what a draft says, once: tapped twice, the same return comes back.

    What is clear is approved at once; raises CannotError with what is missing or has changed meanwhile.
    """
    order = Order.objects.select_for_update(of=("self",)).select_related("store").get(pk=draft.order_id)
    known = Return.objects.filter(order=order, key=draft.key).first()
    if known:
        return known
    standing = standing_of(order, now=now)
    pieces = pieces_of(draft)
    check_pieces(standing, pieces)
    check_reasons(draft, standing)
    holds = terms_of(draft, standing)
    resolution, way = _chosen(draft, holds)
    settled = settlement(standing, pieces, holds, resolution)
    filed = new_return(
        order,
        key=draft.key,
        language=language,
        now=now,
        is_history=is_history,
        resolution=resolution,
        way=way,
        wants=draft.choice.get("wants", "") if not resolution.is_money else "",
        note=draft.choice.get("note", ""),
        is_our_doing=holds.is_our_doing,
        is_kept=holds.is_kept,
        policies=", ".join(policy.name for policy in holds.policies)[:300],
        send_days=holds.send_days,
        refund_days=holds.refund_days,
        bonus_percent=holds.credit_bonus_percent if resolution is Resolution.CREDIT else Decimal(0),
        worth=settled.worth,
        fee=settled.fee,
        amount=settled.amount,
        bonus=settled.bonus,
        replaces=_replaced(order, pieces),
    )
    filed.decide_by = end_of_working_day(filed, now, holds.decide_days)
    why = {pk: draft.items[str(pk)] for pk in pieces}
    _keep_items(filed, standing, pieces, why)
    Photo.objects.filter(draft=draft).update(draft=None, filed=filed)
    waits = holds.needs_a_person or not standing.is_paid
    take(
        filed,
        State.REQUESTED,
        now=now,
        who=CUSTOMER,
        by=by,
        words=filed.note,
        waits=waits,
    )
    if not waits:
        approved(filed, now=now, who=CLOCK)
    draft.delete()
    return filed


def _chosen(draft: Draft, holds: Terms) -> tuple[Resolution, str]:
    resolution, way = draft.choice.get("resolution", ""), draft.choice.get("way", "")
    if resolution not in holds.resolutions:
        raise CannotError(_("Choose what you would like for it."))
    if way not in holds.ways and not holds.is_kept:
        raise CannotError(_("Choose how you send it."))
    return Resolution(resolution), way or holds.ways[0]


def settlement(standing: Standing, pieces: Pieces, holds: Terms, resolution: Resolution) -> money.Settlement:
    """Return what these pieces give back, by what the customer wants for them."""
    worth = standing.worth(pieces)
    if not resolution.is_money:
        return money.Settlement(worth=worth, amount=money.ZERO)
    bonus = holds.credit_bonus_percent if resolution is Resolution.CREDIT else money.ZERO
    fee = holds.fee if resolution is Resolution.REFUND else money.ZERO
    return money.settle(worth, standing.paid, standing.order.currency, fee=fee, bonus_percent=bonus)


def new_return(order: Order, *, key: str, language: str, now: datetime, **fields: object) -> Return:
    """Make the row of a return of a locked order, with the next number."""
    count = Return.objects.filter(order=order).count()
    filed = Return(
        store=order.store,
        order=order,
        customer_id=order.customer_id,
        number=f"{order.number or order.external_id}-R{count + 1}"[:70],
        key=key,
        language=language,
        currency=order.currency or order.store.currency,
        requested_at=now,
        **fields,
    )
    filed.save()
    return filed


def _keep_items(filed: Return, standing: Standing, pieces: Pieces, why: dict[int, dict[str, str]]) -> None:
    Item.objects.bulk_create(
        Item(
            filed=filed,
            line_id=pk,
            quantity=quantity,
            reason=why[pk].get("reason", ""),
            note=why[pk].get("note", ""),
            worth=standing.by_id[pk].worth(quantity),
        )
        for pk, quantity in pieces.items()
    )


def _replaced(order: Order, pieces: Pieces) -> Return | None:
    """The return in exchange for which these things came, if there was one."""
    earlier = Return.objects.filter(order=order, exchanged_at__isnull=False, items__line__in=[*pieces])
    return earlier.order_by("-exchanged_at").first()
