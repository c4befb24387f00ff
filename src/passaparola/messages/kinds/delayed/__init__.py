"""It comes later than promised: who is late, why, and when it comes instead."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="delayed",
    purpose=Purpose.SERVICE,
    lasts=timedelta(days=2),
    is_about_parcel=True,
    urgency=5,
    is_apology=True,
    outdated_by=frozenset(
        {"delivered", "returning", "returned", "cancelled", "out_for_delivery", "ready_for_pickup"}
    ),
)
