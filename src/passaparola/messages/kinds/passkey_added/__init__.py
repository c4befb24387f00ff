"""A device of theirs now lets them in without a code: whoever did not do it hears of it at once."""

from datetime import timedelta

from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.values import Purpose

kind = MessageKind(
    key="passkey_added",
    purpose=Purpose.TRANSACTIONAL,
    lasts=timedelta(days=3),
    needs_order=False,
    is_asked_for=True,
    example={"name": "Giulia’s phone", "url": "https://ordini.example/s/luna/account/passkeys/"},
)
