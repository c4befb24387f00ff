"""What returns do when something happens, their own steps included: messages, promises, cases, and the money."""

from collections.abc import Callable, Sequence
from datetime import datetime

from passaparola.kernel.events import on
from passaparola.messages.actions import ask
from passaparola.orders.events import OrderRefunded
from passaparola.returns import ledger, telling
from passaparola.returns.actions import match_refunds
from passaparola.returns.actions.steps import SHOP
from passaparola.returns.events import (
    ReturnApproved,
    ReturnCancelled,
    ReturnClosed,
    ReturnEvent,
    ReturnExchanged,
    ReturnExpired,
    ReturnInspected,
    ReturnLabelSent,
    ReturnPosted,
    ReturnReceived,
    ReturnRefunded,
    ReturnRefused,
    ReturnRequested,
    ReturnTravelling,
    WithdrawalStated,
)
from passaparola.returns.models import Return, Statement

KINDS = {
    "ReturnRequested": "return_requested",
    "ReturnApproved": "return_approved",
    "ReturnRefused": "return_refused",
    "ReturnLabelSent": "return_label",
    "ReturnReceived": "return_received",
    "ReturnInspected": "return_inspected",
    "ReturnRefunded": "return_refunded",
    "ReturnExchanged": "return_refunded",
}
"""Event to message. Those that say nothing new are left out below."""


@on(
    ReturnRequested,
    ReturnApproved,
    ReturnRefused,
    ReturnLabelSent,
    ReturnReceived,
    ReturnInspected,
    ReturnRefunded,
    ReturnExchanged,
)
def tell_customers(batch: Sequence[ReturnEvent], now: datetime) -> None:
    found = _returns(batch)
    ask(
        [
            telling.wanted(filed, KINDS[type(event).__name__], now=now, **_more(event, filed))
            for event in batch
            if (filed := found.get(event.subject_id or 0)) and _is_news(event, filed)
        ],
        now=now,
    )


def _more(event: ReturnEvent, filed: Return) -> dict[str, str]:
    if isinstance(event, ReturnRefunded | ReturnExchanged):
        return telling.given(filed)
    return telling.prepared(filed) if isinstance(event, ReturnLabelSent) else {}


def _is_news(event: ReturnEvent, filed: Return) -> bool:
    """What another message says at the same moment is not said twice."""
    if isinstance(event, ReturnRequested):
        return event.waits and not filed.is_withdrawal
    if isinstance(event, ReturnApproved):
        return not filed.is_withdrawal  # its receipt says it
    if isinstance(event, ReturnInspected):
        return any(item.accepted != (item.approved or item.quantity) for item in filed.items.all())
    if isinstance(event, ReturnRefunded):
        # The shop's own refund is told by `messages`, the moment we hear of it.
        return not filed.steps.filter(state="refunded", who=SHOP).exists()
    return True


def _returns(batch: Sequence[ReturnEvent]) -> dict[int, Return]:
    rows = Return.objects.filter(pk__in=[event.subject_id for event in batch])
    return {filed.pk: filed for filed in rows.select_related("store", "order__store")}


_LEDGER: dict[str, Callable[..., None]] = {
    "ReturnRequested": ledger.opened,
    "ReturnApproved": ledger.decided,
    "ReturnRefused": ledger.decided,
    "ReturnLabelSent": ledger.prepared,
    "ReturnPosted": ledger.prepared,
    "ReturnTravelling": ledger.prepared,
    "ReturnReceived": ledger.arrived,
    "ReturnRefunded": ledger.settled,
    "ReturnExchanged": ledger.settled,
    "ReturnClosed": ledger.ended,
    "ReturnExpired": ledger.ended,
    "ReturnCancelled": ledger.ended,
}


@on(
    ReturnRequested,
    ReturnApproved,
    ReturnRefused,
    ReturnLabelSent,
    ReturnPosted,
    ReturnTravelling,
    ReturnReceived,
    ReturnRefunded,
    ReturnExchanged,
    ReturnClosed,
    ReturnExpired,
    ReturnCancelled,
)
def keep_the_ledger(batch: Sequence[ReturnEvent], now: datetime) -> None:
    """Promises are made and kept, troubles open and close, in the order in which things happened."""
    found = _returns(batch)
    for event in batch:
        filed = found.get(event.subject_id or 0)
        if filed:
            _LEDGER[type(event).__name__]([(event, filed)], now=now)
            if isinstance(event, ReturnRefused):
                ledger.ended([(event, filed)], now=now)


@on(WithdrawalStated)
def acknowledge(batch: Sequence[WithdrawalStated], now: datetime) -> None:
    found = Statement.objects.filter(pk__in=[event.subject_id for event in batch])
    telling.acknowledge(
        list(found.select_related("store", "order__store", "filed__store", "filed__order__store")), now=now
    )


@on(OrderRefunded, history=True)
def settle(batch: Sequence[OrderRefunded], now: datetime) -> None:
    """The shop gave money back: find the return that it answers."""
    match_refunds([event.subject_id for event in batch if event.subject_id], now=now)
