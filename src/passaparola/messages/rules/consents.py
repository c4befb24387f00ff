"""What a person agreed to on one channel."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from passaparola.messages.rules.values import Purpose

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Said(NamedTuple):
    """A yes or no given to us directly."""

    purpose: str
    is_given: bool
    said_at: datetime


def declined(said: Iterable[Said]) -> frozenset[Purpose]:
    """Return the purposes of which the last word we were told directly is no."""
    last: dict[str, tuple[datetime, bool]] = {}
    for one in said:
        # Of a yes and a no with the same time the no counts: `not is_given` is the larger of the two.
        last[one.purpose] = max(last.get(one.purpose, (LONG_AGO, False)), (one.said_at, not one.is_given))
    return frozenset(Purpose(purpose) for purpose, (_, is_no) in last.items() if is_no)


def agreed(
    shop_says: bool | None,  # noqa: FBT001 - a column of the customer
    shop_said_at: datetime | None,
    said: Iterable[Said],
) -> frozenset[Purpose]:
    """Return the purposes agreed to: of what the shop system tells and what we were told, the newest counts.

    The shop's one yes to marketing covers offers, news and questions. Of a yes and a no with the same time
    the no counts.
    """
    answers = {
        purpose: (shop_said_at or LONG_AGO, bool(shop_says))
        for purpose in (Purpose.OFFER, Purpose.NEWS, Purpose.ASK)
    }
    for one in said:
        purpose = Purpose(one.purpose)
        at, is_given = answers.get(purpose, (LONG_AGO, False))
        if one.said_at > at or (one.said_at == at and is_given):
            answers[purpose] = (one.said_at, one.is_given)
    return frozenset(purpose for purpose, (_, is_given) in answers.items() if is_given)
