"""Finding an order by number and e-mail, without telling anybody which orders or addresses there are.

Every try does the same work: three counts, two looks by index, one comparison that takes as long for a miss,
one signature. A try that finds nothing is answered with a link as well, only that it leads to no order.
"""

import hmac
from datetime import datetime, timedelta

from django.db import connection

from passaparola.account.actions.errors import TooManyTriesError
from passaparola.account.rules import lookup as rules
from passaparola.kernel import signing
from passaparola.kernel.limits import may_try

PURPOSE = "order progress"
NOBODY = 0
"""The order that a link to nothing names."""


def find(store: int, number: str, email: str, *, source: str, now: datetime) -> str:
    """Return the token of the page with the order's progress, or of one that shows nothing.

    Raises TooManyTriesError past the limits of `rules.lookup`, the same for orders that are not there.
    """
    limits = (
        ("lookup from", source, rules.PER_SOURCE),
        ("lookup with", f"{store}|{email}", rules.PER_ADDRESS),
        ("lookup of", f"{store}|{number.casefold()}", rules.PER_NUMBER),
    )
    allowed = [may_try(what, who, most=most, per=rules.WINDOW, now=now) for what, who, most in limits]
    if not all(allowed):
        raise TooManyTriesError
    return signing.sign(PURPOSE, _order(store, number, email), expires=(now + timedelta(days=1)).date())


def _order(store: int, number: str, email: str) -> int:
    with connection.cursor() as cursor:
        # The same look for every try, whatever was typed; by the index on (store, -placed_at).
        cursor.execute(
            "SELECT number FROM orders_order WHERE store_id = %s AND placed_at IS NOT NULL AND number <> ''"
            " ORDER BY placed_at DESC LIMIT 1",
            [store],
        )
        newest = next(iter(cursor.fetchall()), ("",))[0]
        # By the index on (store, number); newest first, as a shop that changed systems may count anew.
        cursor.execute(
            "SELECT id, email FROM orders_order WHERE store_id = %s AND number = ANY(%s)"
            " AND placed_at IS NOT NULL AND deleted_at IS NULL ORDER BY placed_at DESC LIMIT 3",
            [store, rules.spellings(number, newest)],
        )
        found = cursor.fetchall()
    order = NOBODY
    for pk, address in [*found, *[(NOBODY, "nobody@nowhere.invalid")] * 3][:3]:
        is_theirs = hmac.compare_digest(rules.tidy_email(address).encode(), email.encode())
        order = pk if is_theirs and order == NOBODY else order
    return order


def read(token: str, *, now: datetime) -> int | None:
    """Return the order's id, NOBODY for a link to nothing, None for a link that we did not make."""
    return signing.read(PURPOSE, token, now=now)
