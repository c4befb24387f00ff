"""The receipt of a withdrawal from the contract: what was stated, and when, on a durable medium."""

from datetime import timedelta

from passaparola.messages.examples import RETURN
from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="withdrawal_receipt",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=60),
    is_void_when_cancelled=False,
    is_asked_for=True,
    example=RETURN
    | {
        "statement": "I withdraw from the contract for order BL-10240.",
        "name": "Giulia Moretti",
        "stated_at": "18/11/2026 12:00:00 (UTC+01:00)",
        "is_late": "",
        "receipt_url": "https://orders.example/o/token/withdraw/7/receipt.pdf",
    },
)
