"""Nobody has told us anything of the parcel for days: we say so before the customer asks."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="parcel_stalled",
    purpose=Purpose.SERVICE,
    lasts=timedelta(days=2),
    is_about_parcel=True,
    outdated_by=frozenset(
        {"out_for_delivery", "delivered", "ready_for_pickup", "returning", "returned", "cancelled"}
    ),
)
