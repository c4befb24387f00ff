"""A year, or several, since the first order."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="anniversary_card",
    purpose=Purpose.NEWS,
    lasts=timedelta(days=3),
    needs_order=False,
    is_void_when_cancelled=False,
    example={"years": "2"},
    is_of_a_day=True,
)
