"""What is needed to send it: a label, or a code for the counter."""

from datetime import timedelta

from passaparola.messages.examples import RETURN
from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="return_label",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=14),
    is_void_when_cancelled=False,
    is_asked_for=True,
    example=RETURN,
)
