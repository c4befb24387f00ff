"""Examples of what several kinds of messages are given as `data`: written once, beside them."""

RETURN = {
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
    "prepare_by_day": "2026-11-19",
    "send_by_day": "2026-12-02",
    "refund_by_day": "2026-12-03",
    "code": "BRT-482913",
    "words": "Made out to you, valid for a year.",
    "sent_with": "BRT",
    "sent_number": "048000123456789",
}
"""What every message about a return is told."""
