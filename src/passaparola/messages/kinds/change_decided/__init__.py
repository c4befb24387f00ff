"""What the team decided when a customer asked for another address or to cancel."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="change_decided",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=3),
    is_void_when_cancelled=False,
    example={"granted": "yes", "change": "address", "answer": "Via Roma 12, 20121 Milano"},
)
