"""The first order of somebody new: who we are, and what happens now."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="confirmation_warm_welcome",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(hours=48),
    is_confirmation=True,
)
