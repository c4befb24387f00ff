"""A note of thanks to somebody who keeps coming back."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="appreciation",
    purpose=Purpose.SERVICE,
    lasts=timedelta(days=7),
    needs_order=False,
    is_void_when_cancelled=False,
    is_kindness=True,
)
