"""Money off the next order, to make it good again."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="remedy_coupon",
    purpose=Purpose.SERVICE,
    lasts=timedelta(days=3),
    needs_order=False,
    is_void_when_cancelled=False,
    is_asked_for=True,
    example={"words": "The kiln had a bad day, and so had we.", "amount_money": "12.00", "code": "LUNA-7K2"},
)
