"""From a batch of raw carrier webhooks to scans."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.inbound.handlers import Read
from passaparola.inbound.models import Delivery, Outcome
from passaparola.inbound.source import Posted, UnreadableError
from passaparola.tracking.actions.record import record_trackers
from passaparola.tracking.carrier import CARRIERS, TrackerFacts


def record_deliveries(deliveries: Sequence[Delivery], now: datetime) -> list[Read]:
    """Translate and record a batch; what can't be read doesn't hold up the rest."""
    told: list[tuple[int, TrackerFacts]] = []
    outcomes = []
    for delivery in deliveries:
        connection = delivery.connection
        posted = Posted(delivery.headers, bytes(delivery.body), delivery.received_at)
        try:
            trackers = CARRIERS[connection.kind].read(posted)
        except UnreadableError as error:
            outcomes.append(Read(Outcome.FAILED, str(error)))
            continue
        told += [(connection.store_id, tracker) for tracker in trackers]
        outcomes.append(Read(Outcome.RECORDED if trackers else Outcome.IGNORED))
    record_trackers(told, now=now)
    return outcomes
