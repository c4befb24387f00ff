"""A hello to somebody who by their own habit would have come back by now."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="we_miss_you",
    purpose=Purpose.NEWS,
    lasts=timedelta(days=5),
    needs_order=False,
    is_void_when_cancelled=False,
)
