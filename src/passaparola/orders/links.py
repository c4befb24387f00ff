"""The link that opens a customer's order page without signing in.

It names one order and nothing else, can't be guessed, and ends by itself. Its end is reckoned from the
month it is asked for in, so that all mails and pages of a month carry the same address. All links of one order
can be taken back at once: each names the order's `link_epoch`, and counting that up leaves them behind.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from passaparola.kernel import signing
from passaparola.stores.hosts import base_url

PURPOSE = "order page"
LASTS = timedelta(days=548)
"""Eighteen months: a guarantee case after a year still finds its order."""
_EPOCH_BITS = 48
"""An order's id stays below; so links of orders whose links were never taken back are as short as can be."""


class Opened(NamedTuple):
    """What a link names. It opens the order only while the order's own `link_epoch` is the same."""

    order: int
    epoch: int


def order_token(order: int, *, now: datetime, epoch: int = 0, purpose: str = PURPOSE) -> str:
    """Return the token for the order with this id and this `link_epoch`."""
    month = date(now.year, now.month, 1)
    return signing.sign(purpose, order | epoch << _EPOCH_BITS, expires=month + timedelta(days=31) + LASTS)


def read_link(token: str, *, now: datetime, purpose: str = PURPOSE) -> Opened | None:
    """Return what the token names, or None where it is forged, for something else, or too old."""
    named = signing.read(purpose, token, now=now)
    if named is None:
        return None
    return Opened(named & ((1 << _EPOCH_BITS) - 1), named >> _EPOCH_BITS)


def order_path(order: int, *, now: datetime, epoch: int = 0) -> str:
    return f"/o/{order_token(order, now=now, epoch=epoch)}/"


def order_link(order: int, *, now: datetime, epoch: int = 0, host: str | None = None) -> str:
    """Return the whole address, for mails: at the shop's own `host` where it has one."""
    return f"{base_url(host)}{order_path(order, now=now, epoch=epoch)}"
