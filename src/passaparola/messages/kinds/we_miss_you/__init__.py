"""A hello to somebody who by their own habit would have come back by now."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="we_miss_you",
    purpose=Purpose.NEWS,
    # Longer than the longest cap: whoever has just heard from the shop gets it later, and not never.
    lasts=timedelta(days=16),
    needs_order=False,
    is_void_when_cancelled=False,
)
