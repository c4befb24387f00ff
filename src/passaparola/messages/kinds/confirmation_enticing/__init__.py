"""A confirmation with a code for the next order: that is an offer, and needs consent."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="confirmation_enticing",
    purpose=Purpose.OFFER,
    lasts=timedelta(hours=48),
    is_confirmation=True,
    fallback="confirmation_simple",
)
