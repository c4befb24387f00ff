"""Asking for another address or to cancel, and the team's answer."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.account.actions.errors import NotPossibleError
from passaparola.account.events import ChangeAsked, ChangeDecided
from passaparola.account.models import ChangeRequest
from passaparola.account.rules.changes import may_ask
from passaparola.kernel.events import emit
from passaparola.messages.actions import Wanted, ask
from passaparola.orders.actions import touch
from passaparola.orders.models import Order
from passaparola.stores.models import Member


def is_open(order: Order, *, now: datetime) -> bool:
    """Tell whether the customer may still ask for a change."""
    return may_ask(
        placed_at=order.placed_at,
        hours=order.store.change_hours,
        is_sent=order.shipped_at is not None or order.fulfilments.filter(is_cancelled=False).exists(),
        is_cancelled=order.cancelled_at is not None,
        now=now,
    )


@transaction.atomic
def ask_change(
    order: Order, *, kind: str, address: Mapping[str, str] | None = None, note: str = "", now: datetime
) -> ChangeRequest:
    """Keep what the customer wants and put it before the team. Raises NotPossibleError when it is too late."""
    locked = Order.objects.select_for_update().get(pk=order.pk)
    if not is_open(locked, now=now):
        raise NotPossibleError(
            _("It is too late for this: we have begun to send it. Write to us, and we see what we can do.")
        )
    made, is_new = ChangeRequest.objects.get_or_create(
        order=order,
        kind=kind,
        decided_at=None,
        defaults={"store": order.store, "address": dict(address or {}), "note": note[:500], "asked_at": now},
    )
    if not is_new:
        raise NotPossibleError(_("You have asked for this already; we answer as soon as we can."))
    told = ChangeAsked(
        store_id=order.store_id,
        happened_at=now,
        key=f"change:{made.pk}:asked",
        customer_id=order.customer_id,
        order_id=order.pk,
        subject_id=made.pk,
        change=kind,
    )
    emit([told], now=now)
    touch([order.pk])
    return made


@transaction.atomic
def decide_change(
    request: ChangeRequest, *, is_granted: bool, answer: str, by: Member, now: datetime
) -> bool:
    """Say yes or no, once, and write to the customer; False where somebody has decided already."""
    fields = {
        "decided_at": now,
        "decided_by": by,
        "is_granted": is_granted,
        "answer": answer.strip()[:500],
    }
    if not ChangeRequest.objects.waiting().filter(pk=request.pk).update(**fields):
        return False
    told = ChangeDecided(
        store_id=request.store_id,
        happened_at=now,
        key=f"change:{request.pk}:decided",
        customer_id=request.order.customer_id,
        order_id=request.order_id,
        subject_id=request.pk,
        change=request.kind,
        is_granted=is_granted,
    )
    emit([told], now=now)
    touch([request.order_id])
    wanted = Wanted(
        store_id=request.store_id,
        key=f"change:{request.pk}:decided",
        kind="change_decided",
        order_id=request.order_id,
        data={
            "granted": "yes" if is_granted else "",
            "change": request.kind,
            "answer": answer.strip()[:500],
        },
        asked_by=f"change:{request.pk}",
    )
    ask([wanted], now=now)
    return True
