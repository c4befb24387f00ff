"""The carrier really has it."""

from datetime import timedelta

from passaparola.messages.kind import GONE, MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="shipped",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=3),
    is_about_parcel=True,
    urgency=1,
    gathers=True,
    outdated_by=GONE | {"out_for_delivery", "ready_for_pickup", "attempted"},
)
