"""What is said when something was granted to make good what went wrong."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.cases.events import RemedyGranted
from passaparola.kernel.events import on
from passaparola.messages import actions
from passaparola.messages.actions import Wanted
from passaparola.messages.kind import kind_of


@on(RemedyGranted)
def tell_remedies(batch: Sequence[RemedyGranted], now: datetime) -> None:
    """Tell the customer, unless whoever granted it wants to do so in person."""
    wanted = [
        Wanted(
            store_id=event.store_id,
            key=event.key,
            kind=f"remedy_{event.remedy}",
            order_id=event.order_id,
            customer_id=event.customer_id,
            asked_by=f"case:{event.subject_id}",
            data={"words": event.words, "amount_money": event.amount, "code": event.code},
        )
        for event in batch
        if event.tells and kind_of(f"remedy_{event.remedy}") and (event.order_id or event.customer_id)
    ]
    if wanted:
        actions.ask(wanted, now=now)
