"""It has arrived; says what is still to come where the order travels in several parcels."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="delivered",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=3),
    is_about_parcel=True,
    urgency=3,
    gathers=True,
    outdated_by=frozenset({"returning", "returned"}),
)
