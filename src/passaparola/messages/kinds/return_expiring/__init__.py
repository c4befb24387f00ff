"""The time to send it is running out."""

from datetime import timedelta

from passaparola.messages.examples import RETURN
from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="return_expiring",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=3),
    is_void_when_cancelled=False,
    is_asked_for=True,
    example=RETURN,
)
