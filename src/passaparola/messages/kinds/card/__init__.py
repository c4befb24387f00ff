"""A greeting: it sells nothing and asks for nothing."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="card",
    purpose=Purpose.NEWS,
    lasts=timedelta(days=2),
    needs_order=False,
    is_void_when_cancelled=False,
)
