"""The news of a parcel to somebody who follows it: where it is, and nothing of what is inside."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="followed_news",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(hours=24),
    needs_order=False,
    goes_to_others=True,
    example={
        "url": "https://ordini.example/f/abc/",
        "travelling": "yes",
        "today": "yes",
        "pickup": "yes",
        "late": "yes",
        "delivered": "yes",
    },
)
