"""A card for the birthday: it sells nothing."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="birthday_card",
    purpose=Purpose.NEWS,
    lasts=timedelta(days=1),
    needs_order=False,
    is_void_when_cancelled=False,
    is_of_a_day=True,
)
