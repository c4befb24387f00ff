"""From a batch of raw deliveries to facts, and from facts to rows."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.inbound.handlers import Read
from passaparola.inbound.models import Delivery, Outcome
from passaparola.inbound.source import Posted, UnreadableError
from passaparola.orders.actions.record import Sourced, record
from passaparola.orders.connector import CONNECTORS
from passaparola.orders.facts import Facts


def record_deliveries(deliveries: Sequence[Delivery], now: datetime) -> list[Read]:
    """Translate and record a batch; what can't be read doesn't hold up the rest."""
    sourced, outcomes = [], []
    for delivery in deliveries:
        connection = delivery.connection
        posted = Posted(delivery.headers, bytes(delivery.body), delivery.received_at)
        try:
            facts = CONNECTORS[connection.kind].read(posted)
        except UnreadableError as error:
            outcomes.append(Read(Outcome.FAILED, str(error)))
            continue
        if facts == Facts(note=facts.note):
            outcomes.append(Read(Outcome.IGNORED, facts.note))
            continue
        sourced.append(Sourced(connection.store_id, connection.source, facts))
        outcomes.append(Read(Outcome.RECORDED, facts.note))
    record(sourced, now=now)
    return outcomes
