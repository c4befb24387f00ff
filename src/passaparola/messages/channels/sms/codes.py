"""What Twilio's error codes mean for a message (“Error and Warning Dictionary”, as of 2026)."""

from typing import Any

from passaparola.messages.channel import Result
from passaparola.messages.connected import NOT_LET_IN, WITHOUT_A_WORD

DEAD = frozenset({21211, 21214, 21217, 21610, 21614, 21635, 30005, 30006})
"""No number, none that takes texts, or its owner has sent STOP to Twilio itself (21610)."""
STOPPED = 21610
OURS = frozenset(
    {21212, 21266, 21408, 21601, 21603, 21606, 21608, 21659, 21660, 21661, 21701, 21703, 21705, 21910}
)
"""The sender, the service or the countries allowed are set up wrongly: mended, the message goes out."""
BUSY = frozenset({14107, 20429, 21611})
KEYS = frozenset({20003, 20404, 20005, 20008})
"""The account is not known, suspended, or the token is wrong."""


_MEANINGS: tuple[tuple[frozenset[int], dict[str, Any]], ...] = (
    (BUSY, {"result": Result.DOWN, "pause": WITHOUT_A_WORD}),
    (KEYS, {"result": Result.DOWN, "pause": NOT_LET_IN}),
    (OURS, {"result": Result.LATER}),
    (DEAD, {"result": Result.REFUSED, "is_dead_address": True}),
)


def meaning(code: int) -> dict[str, Any] | None:
    """Return what a code means, as fields of an outcome; None for one whose HTTP status says enough."""
    return next((told for codes, told in _MEANINGS if code in codes), None)
