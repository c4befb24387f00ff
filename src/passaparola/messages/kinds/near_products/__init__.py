"""Things that go with what was bought, not too soon and not too late."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="near_products",
    purpose=Purpose.OFFER,
    # Longer than the longest cap: whoever has just heard from the shop gets it later, and not never.
    lasts=timedelta(days=16),
    shows_similar=True,
)
