"""It may come back, or need not even: what to do now, and when the money comes."""

from datetime import timedelta

from passaparola.messages.examples import RETURN
from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="return_approved",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=7),
    is_void_when_cancelled=False,
    is_asked_for=True,
    example=RETURN,
)
