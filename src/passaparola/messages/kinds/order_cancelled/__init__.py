"""The order was cancelled."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="order_cancelled",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=4),
    is_void_when_cancelled=False,
)
