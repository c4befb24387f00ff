"""Somebody asked to be forgotten: until when they can take it back, and where the certificate will be."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="erasure_asked",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=3),
    needs_order=False,
    is_asked_for=True,
    example={"url": "https://ordini.example/s/luna/erasure/abc/", "days": "7"},
)
