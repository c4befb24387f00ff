"""Things that go with what was bought, not too soon and not too late."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="near_products",
    purpose=Purpose.OFFER,
    lasts=timedelta(days=7),
    shows_similar=True,
)
