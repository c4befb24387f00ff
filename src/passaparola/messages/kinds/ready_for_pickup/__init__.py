"""It waits at a pick-up point."""

from datetime import timedelta

from passaparola.messages.kind import GONE, MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="ready_for_pickup",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=5),
    is_about_parcel=True,
    urgency=6,
    outdated_by=GONE,
)
