"""The one-time code that opens the customer's account: asked for this very moment, by whoever has the address."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="sign_in_code",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(minutes=15),
    needs_order=False,
    example={"code": "123456", "minutes": "15"},
    is_void_when_cancelled=False,
    is_asked_for=True,
)
