"""After a trouble that was put right: is everything well now?"""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="back_to_calm",
    purpose=Purpose.SERVICE,
    lasts=timedelta(days=3),
    needs_order=False,
    is_void_when_cancelled=False,
)
