"""A helpful word that belongs to no single order: care, tips, something to know."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="letter",
    purpose=Purpose.SERVICE,
    lasts=timedelta(days=3),
    needs_order=False,
    is_void_when_cancelled=False,
)
