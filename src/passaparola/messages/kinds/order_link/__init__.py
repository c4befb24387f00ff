"""The link to the order page, for somebody who found the order by its number and has to prove the address."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="order_link",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(hours=6),
    is_void_when_cancelled=False,
    is_asked_for=True,
)
