"""It comes tomorrow: said on the eve, and only where the day is known."""

from datetime import timedelta

from passaparola.messages.kind import GONE, MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="arriving",
    purpose=Purpose.SERVICE,
    lasts=timedelta(days=30),
    is_about_parcel=True,
    urgency=2,
    outdated_by=GONE | {"out_for_delivery", "ready_for_pickup", "attempted", "held"},
    told_by=(
        "shipped",
        "delayed",
    ),
    waits_for_arrival_eve=True,
)
