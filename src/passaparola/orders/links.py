"""The link that opens a customer's order page without signing in.

It names one order and nothing else, can't be guessed, and ends by itself. Its end is reckoned from the
month it is asked for in, so that all mails and pages of a month carry the same address.
"""

from datetime import date, datetime, timedelta

from django.conf import settings

from passaparola.kernel import signing

PURPOSE = "order page"
LASTS = timedelta(days=548)
"""Eighteen months: a guarantee case after a year still finds its order."""


def order_token(order: int, *, now: datetime) -> str:
    """Return the token for the order with this id."""
    month = date(now.year, now.month, 1)
    return signing.sign(PURPOSE, order, expires=month + timedelta(days=31) + LASTS)


def read_token(token: str, *, now: datetime) -> int | None:
    """Return the id of the order, or None where the token is forged, for something else, or too old."""
    return signing.read(PURPOSE, token, now=now)


def order_path(order: int, *, now: datetime) -> str:
    return f"/o/{order_token(order, now=now)}/"


def order_link(order: int, *, now: datetime) -> str:
    """Return the whole address, for mails."""
    return f"{settings.PUBLIC_URL}{order_path(order, now=now)}"
