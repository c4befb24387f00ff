"""Money was given back."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="refunded",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=7),
    is_void_when_cancelled=False,
)
