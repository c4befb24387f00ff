"""Signed links of messages.

At the foot of every mail: choose what we write about, or be left in peace. It names the message it stands in, and
through it the shop and the address, and nothing else. In a chat's link: the order from which it was begun.
"""

from datetime import date, datetime, timedelta

from passaparola.kernel import signing
from passaparola.stores.hosts import base_url

PURPOSE = "mail preferences"
LASTS = timedelta(days=3 * 365)
"""An old mail is often the only place where somebody finds the way out."""


def preferences_link(message: int, *, now: datetime, host: str | None = None) -> str:
    """Return the whole address of the page for who got this message, at the shop's own `host` where it has one."""
    month = date(now.year, now.month, 1)
    return f"{base_url(host)}/u/{signing.sign(PURPOSE, message, expires=month + LASTS)}/"


def read_token(token: str, *, now: datetime) -> int | None:
    """Return the id of the message, or None where the token is forged, for something else, or too old."""
    return signing.read(PURPOSE, token, now=now)


START = "begin a chat"
START_LASTS = timedelta(days=90)


def start_token(order: int, *, now: datetime) -> str:
    """Return what stands behind `?start=` of a chat's link: it names the order and opens nothing else."""
    month = date(now.year, now.month, 1)
    return signing.sign(START, order, expires=month + START_LASTS)


def read_start(token: str, *, now: datetime) -> int | None:
    """Return the order that the token names, or None where it is forged, for something else, or too old."""
    return signing.read(START, token, now=now) if len(token) <= 64 else None  # noqa: PLR2004 - Telegram's limit
