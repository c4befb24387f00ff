"""Ideas for what they have at home: useful, and nothing to buy."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="tips",
    purpose=Purpose.NEWS,
    # Longer than the longest cap: whoever has just heard from the shop gets it later, and not never.
    lasts=timedelta(days=16),
    needs_order=False,
    is_void_when_cancelled=False,
)
