"""What is needed to send it: a label, or a code for the counter."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="return_label",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=14),
    is_void_when_cancelled=False,
    is_asked_for=True,
    example={
        "number": "BL-10240-R1",
        "url": "https://orders.example/o/token/return/7/",
        "things": "2 × Tazza Alba, sage",
        "resolution": "refund",
        "gives_money": "yes",
        "wants": "",
        "way": "label",
        "is_kept": "",
        "is_withdrawal": "",
        "refusal": "The glaze shows marks of a dishwasher.",
        "refund_days": "5",
        "amount_money": "44.00",
        "fee_money": "",
        "decide_by_day": "2026-11-20",
        "send_by_day": "2026-12-02",
        "refund_by_day": "2026-12-03",
    },
)
