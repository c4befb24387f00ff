"""Something to buy: sent to those who agreed to offers."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="offer",
    purpose=Purpose.OFFER,
    lasts=timedelta(days=3),
    needs_order=False,
    is_void_when_cancelled=False,
)
