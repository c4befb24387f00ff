"""Asks somebody whether they want the news of an order that a friend of theirs placed."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="follow_request",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=2),
    is_asked_for=True,
    needs_order=False,
    goes_to_others=True,
    example={"url": "https://ordini.example/f/abc/", "who": "Giulia Moretti"},
)
