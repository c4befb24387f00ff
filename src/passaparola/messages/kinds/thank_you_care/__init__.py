"""A thank-you once it has arrived, and how to keep it beautiful for long."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="thank_you_care",
    purpose=Purpose.SERVICE,
    lasts=timedelta(days=5),
    # Only where the shop has a guide for what was bought does the letter speak of one.
    example={"care": "yes"},
)
