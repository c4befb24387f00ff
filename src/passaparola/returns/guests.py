"""Withdrawing without a link: by order number and e-mail, without telling anybody which orders there are.

Every statement does the same work and gets the same answer: it is kept and acknowledged on the page with what
was typed, whether or not it names an order of ours. Only the order's own address hears more.
"""

import hmac
from datetime import datetime, timedelta

from passaparola.kernel import signing
from passaparola.kernel.limits import may_try
from passaparola.orders.models import Order
from passaparola.returns.models import Statement
from passaparola.stores.models import Store

PURPOSE = "withdrawal receipt"
LASTS = timedelta(days=92)
WINDOW = timedelta(minutes=15)
PER_SOURCE, PER_ADDRESS, PER_NUMBER = 20, 6, 6
_NOBODY = "nobody@nowhere.invalid"


class TooManyTriesError(Exception):
    """Somebody tries too often."""


def limit(store: Store, *, number: str, email: str, source: str, now: datetime) -> None:
    """Count a try; raises TooManyTriesError past the limits, the same for orders that are not there."""
    limits = (
        ("withdraw from", source, PER_SOURCE),
        ("withdraw with", f"{store.pk}|{email}", PER_ADDRESS),
        ("withdraw of", f"{store.pk}|{number.casefold()}", PER_NUMBER),
    )
    allowed = [may_try(what, who, most=most, per=WINDOW, now=now) for what, who, most in limits]
    if not all(allowed):
        raise TooManyTriesError


def find(store: Store, *, number: str, email: str) -> Order | None:
    """Return the order of this number with this address. A miss takes as long as a hit."""
    spelt = dict.fromkeys((number, number.upper(), number.lower(), number.capitalize()))
    numbers = [spelling for bare in spelt for spelling in (bare, f"#{bare}")]
    rows = list(Order.objects.real().filter(store=store, number__in=numbers).order_by("-placed_at")[:3])
    found = None
    for row in [*rows, *[None] * 3][:3]:
        address = row.email if row else _NOBODY
        is_theirs = hmac.compare_digest(address.strip().casefold().encode(), email.encode())
        found = row if is_theirs and found is None else found
    return found


def token_of(statement: Statement, *, now: datetime) -> str:
    return signing.sign(PURPOSE, statement.pk, expires=(now + LASTS).date())


def read(store: Store, token: str, *, now: datetime) -> Statement | None:
    pk = signing.read(PURPOSE, token, now=now) if len(token) <= 100 else None  # noqa: PLR2004 - none of ours is longer
    return Statement.objects.select_related("store").filter(pk=pk, store=store).first() if pk else None
