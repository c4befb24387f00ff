"""It is still late. We have said sorry once already: now we say what we do, and nothing more."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="delay_goes_on",
    purpose=Purpose.SERVICE,
    lasts=timedelta(days=2),
    is_about_parcel=True,
    outdated_by=frozenset({"delivered", "ready_for_pickup", "returned", "cancelled"}),
)
