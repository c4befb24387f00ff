"""One question: answering is up to the customer."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="question",
    purpose=Purpose.ASK,
    lasts=timedelta(days=5),
    needs_order=False,
    is_void_when_cancelled=False,
)
