"""The steps of a return, and which may follow which."""

from enum import StrEnum


class State(StrEnum):
    """Each is a time on the return, and a row that says who did it."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    LABEL_SENT = "label_sent"
    POSTED = "posted"
    TRAVELLING = "travelling"
    """A carrier proved that it has it."""
    RECEIVED = "received"
    INSPECTED = "inspected"
    REFUNDED = "refunded"
    EXCHANGED = "exchanged"
    CLOSED = "closed"
    EXPIRED = "expired"
    """Nothing was sent in time."""
    CANCELLED = "cancelled"


S = State
_ON_THE_WAY = frozenset({S.LABEL_SENT, S.POSTED, S.TRAVELLING, S.RECEIVED})
_MONEY = frozenset({S.REFUNDED, S.EXCHANGED})
_GIVEN_UP = frozenset({S.EXPIRED, S.CANCELLED})
NEXT: dict[State, frozenset[State]] = {
    S.REQUESTED: frozenset({S.APPROVED, S.REFUSED, S.CANCELLED}),
    # A shop may give the money back before it has seen anything: its webhook is then simply earlier.
    S.APPROVED: _ON_THE_WAY | _MONEY | _GIVEN_UP,
    S.LABEL_SENT: _ON_THE_WAY | _MONEY | _GIVEN_UP,
    S.POSTED: frozenset({S.LABEL_SENT, S.POSTED, S.TRAVELLING, S.RECEIVED}) | _MONEY,
    S.TRAVELLING: frozenset({S.LABEL_SENT, S.POSTED, S.TRAVELLING, S.RECEIVED}) | _MONEY,
    # Of several parcels the second may still be posted when the first is here.
    S.RECEIVED: frozenset({S.POSTED, S.TRAVELLING, S.RECEIVED, S.INSPECTED}) | _MONEY,
    S.INSPECTED: frozenset({S.CLOSED}) | _MONEY,
    S.REFUNDED: frozenset({S.CLOSED}),
    S.EXCHANGED: frozenset({S.CLOSED}),
    S.REFUSED: frozenset(),
    S.CLOSED: frozenset(),
    S.EXPIRED: frozenset(),
    S.CANCELLED: frozenset(),
}
ENDED = frozenset({S.REFUSED, S.CLOSED, S.EXPIRED, S.CANCELLED})
WITHOUT_RESULT = frozenset({S.REFUSED, S.EXPIRED, S.CANCELLED})
"""Nothing goes back: the pieces are the customer's, the money the shop's."""
WITH_THE_CUSTOMER = frozenset({S.REQUESTED, S.APPROVED, S.LABEL_SENT})
"""Nothing has been sent: the customer may still think again."""


def may_follow(state: State, following: State) -> bool:
    return following in NEXT[state]
