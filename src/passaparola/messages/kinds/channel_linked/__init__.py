"""A customer has just begun a chat from the page of an order: here the news will come."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="channel_linked",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(hours=1),
    is_void_when_cancelled=False,
    is_asked_for=True,
)
