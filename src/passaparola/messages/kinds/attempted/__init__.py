"""It was brought and nobody could take it."""

from datetime import timedelta

from passaparola.messages.kind import GONE, MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="attempted",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=1),
    is_about_parcel=True,
    urgency=7,
    outdated_by=GONE | {"out_for_delivery", "ready_for_pickup"},
)
