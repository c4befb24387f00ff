"""What the Cloud API's error codes mean for a message (Meta, “Error codes”, as of 2026)."""

from typing import Any

from passaparola.messages.channel import Result
from passaparola.messages.connected import NOT_LET_IN, WITHOUT_A_WORD

DEAD = frozenset({131026, 131021})
"""Not on WhatsApp, or ourselves."""
WINDOW_CLOSED = frozenset({131047})
"""More than 24 hours since this person wrote: free text is not taken any more, an approved template is."""
KEYS = frozenset({0, 3, 10, 190, 368, 131005, 131031, 131037, 131042, 131045, 133010, *range(200, 300)})
"""The token, a permission, a locked account, an unpaid bill, our own number not registered or its name not approved:
nothing goes out for anybody."""
BUSY = frozenset({4, 80007, 130429, 131048, 133016})
"""The account has sent too much: all of it waits."""
SOON = frozenset({1, 2, 131000, 131016, 131056, 131057})
"""A passing fault, or too many to this one person: only this message waits."""
OURS = frozenset({33, 100, 131030, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018})
"""The template is not there, paused, or takes other parts than we send; or ours is a test number that may not write
to them: mended, the message goes out."""
UNWANTED = frozenset({130472, 130497, 131049, 131050, 131062})
"""Meta delivers no more offers to this person for now, or they have switched them off; or never to their country; or
this kind of template only to a number."""


_MEANINGS: tuple[tuple[frozenset[int], dict[str, Any]], ...] = (
    (BUSY, {"result": Result.DOWN, "pause": WITHOUT_A_WORD}),
    (KEYS, {"result": Result.DOWN, "pause": NOT_LET_IN}),
    (SOON | OURS | WINDOW_CLOSED, {"result": Result.LATER}),
    (DEAD, {"result": Result.REFUSED, "is_dead_address": True}),
    (UNWANTED, {"result": Result.REFUSED}),
)


def meaning(code: int) -> dict[str, Any] | None:
    """Return what a code means, as fields of an outcome; None for one whose HTTP status says enough."""
    return next((told for codes, told in _MEANINGS if code in codes), None)
