"""What the shop has to tell: written in the office, sent to those who agreed to news."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="newsletter",
    purpose=Purpose.NEWS,
    lasts=timedelta(days=3),
    needs_order=False,
    is_void_when_cancelled=False,
)
