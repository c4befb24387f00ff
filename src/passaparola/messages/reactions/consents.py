"""What shop systems tell of consent beside e-mail is kept as if it had been said here."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.customers.events import ConsentTold
from passaparola.kernel.events import on
from passaparola.messages.actions.preferences import ELSEWHERE
from passaparola.messages.models import Consent


@on(ConsentTold, history=True)
def keep(batch: Sequence[ConsentTold], now: datetime) -> None:
    """Keep each word once, with its own time: what somebody said here later goes before it."""
    del now
    Consent.objects.bulk_create(
        Consent(
            customer_id=event.customer_id,
            channel=event.channel,
            purpose=purpose.value,
            is_given=event.is_given,
            wording=event.wording,
            source=f"shop: {event.source}"[:120],
            said_at=event.happened_at,
        )
        for event in batch
        if event.customer_id
        for purpose in ELSEWHERE
    )
