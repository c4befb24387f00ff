"""From a batch of raw carrier webhooks to scans."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.inbound.handlers import Read, read_each
from passaparola.inbound.models import Connection, Delivery, Outcome
from passaparola.tracking.actions.record import record_trackers
from passaparola.tracking.carrier import CARRIERS, TrackerFacts


def record_deliveries(deliveries: Sequence[Delivery], now: datetime) -> list[Read]:
    """Translate and record a batch; what can't be read doesn't hold up the rest."""
    told: list[tuple[int, TrackerFacts]] = []

    def keep(connection: Connection, trackers: Sequence[TrackerFacts]) -> Read:
        told.extend((connection.store_id, tracker) for tracker in trackers)
        return Read(Outcome.RECORDED if trackers else Outcome.IGNORED)

    outcomes = read_each(deliveries, CARRIERS, keep)
    record_trackers(told, now=now)
    return outcomes
