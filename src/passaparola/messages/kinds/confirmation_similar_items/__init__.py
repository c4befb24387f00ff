"""A confirmation with things that go well with it: that is an offer, and needs consent."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="confirmation_similar_items",
    purpose=Purpose.OFFER,
    lasts=timedelta(hours=48),
    is_confirmation=True,
    shows_similar=True,
    fallback="confirmation_simple",
)
