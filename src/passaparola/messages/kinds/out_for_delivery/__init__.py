"""It is on the van today."""

from datetime import timedelta

from passaparola.messages.kind import GONE, MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="out_for_delivery",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(hours=12),
    is_about_parcel=True,
    urgency=4,
    outdated_by=GONE | {"ready_for_pickup", "attempted"},
)
