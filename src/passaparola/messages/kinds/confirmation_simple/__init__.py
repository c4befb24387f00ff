"""We have your order: the facts, and nothing else."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="confirmation_simple",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(hours=48),
    is_confirmation=True,
)
