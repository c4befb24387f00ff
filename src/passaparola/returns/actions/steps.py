"""Every step of every return goes through here: checked, timed, signed and told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from passaparola.kernel.events import emit
from passaparola.orders import actions as orders
from passaparola.orders.models import Order
from passaparola.returns import events
from passaparola.returns.actions.errors import CannotError
from passaparola.returns.models import GivingBack, Return, Step
from passaparola.returns.rules.states import State, may_follow
from passaparola.stores.models import Member

CUSTOMER, TEAM, CARRIER, SHOP, CLOCK = "customer", "team", "carrier", "shop", "clock"
_TOLD: Mapping[State, type[events.ReturnEvent]] = {
    State.REQUESTED: events.ReturnRequested,
    State.APPROVED: events.ReturnApproved,
    State.REFUSED: events.ReturnRefused,
    State.LABEL_SENT: events.ReturnLabelSent,
    State.POSTED: events.ReturnPosted,
    State.TRAVELLING: events.ReturnTravelling,
    State.RECEIVED: events.ReturnReceived,
    State.INSPECTED: events.ReturnInspected,
    State.REFUNDED: events.ReturnRefunded,
    State.EXCHANGED: events.ReturnExchanged,
    State.CLOSED: events.ReturnClosed,
    State.EXPIRED: events.ReturnExpired,
    State.CANCELLED: events.ReturnCancelled,
}


def locked(filed: Return) -> Return:
    """Read a return again and hold it: two people at the desk decide one after the other."""
    # The order first, as everything that counts its money does: two locks in two orders would be a deadlock.
    Order.objects.select_for_update().get(pk=filed.order_id)
    rows = Return.objects.select_related("store", "order", "order__store").select_for_update(of=("self",))
    return rows.get(pk=filed.pk)


def may(filed: Return, state: State) -> bool:
    return may_follow(filed.state, state)


def check(filed: Return, state: State) -> None:
    """Raise CannotError where this step can't follow now: somebody, or a second tap, was faster."""
    if not may(filed, state):
        raise CannotError(_("This return has gone on in the meantime: look at it again."))


def not_being_given(filed: Return) -> None:
    """Raise CannotError while the shop system is asked to give the money back: nobody knows yet whether it did."""
    if GivingBack.objects.under_way().filter(filed=filed).exists():
        raise CannotError(_("The shop system is being asked to give the money back: wait for its answer."))


def take(
    filed: Return,
    state: State,
    *,
    now: datetime,
    who: str,
    by: Member | None = None,
    words: str = "",
    **told: Any,
) -> None:
    """Bring a locked, checked return one step on: its time, the row that signs it, the event that tells it."""
    column = f"{state}_at"
    if getattr(filed, column) is None:
        setattr(filed, column, now)
    filed.save()
    Step.objects.create(filed=filed, state=state, at=now, by=by, who=who, words=words)
    tell(filed, state, now=now, **told)


def tell(filed: Return, state: State, *, now: datetime, **told: Any) -> None:
    happened = getattr(filed, f"{state}_at") or now
    if state is State.REFUSED:
        told["words"] = filed.refusal
    event = _TOLD[state](
        store_id=filed.store_id,
        happened_at=happened,
        key=f"return:{filed.pk}:{state}",
        customer_id=filed.customer_id,
        order_id=filed.order_id,
        subject_id=filed.pk,
        is_history=filed.is_history,
        number=filed.number,
        resolution=filed.resolution,
        **told,
    )
    orders.touch([filed.order_id])
    emit([event], now=now)
