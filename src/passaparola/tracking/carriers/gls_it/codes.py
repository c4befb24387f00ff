"""GLS Italy's status codes in our vocabulary, with the words where a code alone says too little."""

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.italian import state_of as state_of_words

S = ScanState

_CLEAR = {
    1: S.ATTEMPTED,  # nobody there; tried again
    3: S.HELD,  # address incomplete
    4: S.HELD,  # refused; the sender has to decide
    8: S.ATTEMPTED,  # closed
    10: S.READY_FOR_PICKUP,  # at the depot
    12: S.READY_FOR_PICKUP,  # the recipient comes to the depot
    22: S.IN_TRANSIT,
    25: S.IN_TRANSIT,
    26: S.IN_TRANSIT,
    27: S.IN_TRANSIT,
    67: S.ATTEMPTED,  # closed
    68: S.HELD,  # wrong address
    77: S.ATTEMPTED,
    902: S.IN_TRANSIT,
    903: S.IN_TRANSIT,
    904: S.IN_TRANSIT,
    905: S.OUT_FOR_DELIVERY,
    906: S.DELIVERED,
    907: S.READY_FOR_PICKUP,
    908: S.IN_TRANSIT,
    909: S.LABEL_CREATED,  # announced, not handed over
}

_VAGUE = {
    5: S.ATTEMPTED,
    14: S.IN_TRANSIT,  # a day is agreed, which need not be today
    17: S.IN_TRANSIT,  # planned for the next working day
    28: S.IN_TRANSIT,  # likewise
    29: S.RETURNING,  # an exception; by others: back to the sender
    35: S.IN_TRANSIT,  # given to a local carrier, three days more
    66: S.READY_FOR_PICKUP,  # not delivered; by others: kept at the parcel shop
    901: S.LABEL_CREATED,  # departed, or only created: the words tell
}
"""Those that public users of the interface read differently: the words decide, and this where they don't."""


def state_of(code: str, words: str, note: str) -> ScanState:
    """Return the meaning of one row. A note about the way back outweighs everything."""
    by_note = state_of_words(note)
    if by_note in {S.RETURNING, S.RETURNED}:
        return by_note
    by_words = state_of_words(words)
    if by_words is S.UNKNOWN:
        by_words = by_note
    number = int(code) if code.isascii() and code.isdigit() else -1
    known = _CLEAR.get(number)
    if known is S.DELIVERED and by_words not in {S.DELIVERED, S.UNKNOWN}:
        return by_words  # in doubt it has not arrived
    if known is not None:
        return known
    return by_words if by_words is not S.UNKNOWN else _VAGUE.get(number, S.UNKNOWN)
