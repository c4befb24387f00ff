"""Was it you? Asked of whoever signed up for news, before anything else is written."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="confirm_signup",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=2),
    is_asked_for=True,
    needs_order=False,
    is_void_when_cancelled=False,
    example={"url": "https://shop.example/u/confirm/abc/"},
)
