"""For a long way, an expensive order or many parcels: how it travels and who looks after it."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="confirmation_reassuring",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(hours=48),
    is_confirmation=True,
)
