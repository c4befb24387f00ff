"""A story of the shop: who makes these things, and how."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="story",
    purpose=Purpose.NEWS,
    lasts=timedelta(days=7),
    needs_order=False,
    is_void_when_cancelled=False,
)
