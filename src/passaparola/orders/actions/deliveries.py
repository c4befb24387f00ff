"""From a batch of raw deliveries to facts, and from facts to rows."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.inbound.handlers import Read, read_each
from passaparola.inbound.models import Connection, Delivery, Outcome
from passaparola.orders.actions.record import Sourced, record
from passaparola.orders.connector import CONNECTORS
from passaparola.orders.facts import Facts


def record_deliveries(deliveries: Sequence[Delivery], now: datetime) -> list[Read]:
    """Translate and record a batch; what can't be read doesn't hold up the rest."""
    sourced: list[Sourced] = []

    def keep(connection: Connection, facts: Facts) -> Read:
        if facts == Facts(note=facts.note):
            return Read(Outcome.IGNORED, facts.note)
        sourced.append(Sourced(connection.store_id, connection.source, facts))
        return Read(Outcome.RECORDED, facts.note)

    outcomes = read_each(deliveries, CONNECTORS, keep)
    record(sourced, now=now)
    return outcomes
