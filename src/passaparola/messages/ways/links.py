"""The ways in which a customer may begin to be written to, with their links."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from passaparola.messages.accounts import accounts_of, connectable
from passaparola.messages.links import start_token
from passaparola.orders.models import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One channel that the shop has connected and the customer can begin."""

    key: str
    name: str
    invitation: str | Promise
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """All of them."""

    chats: tuple[Way, ...] = ()
    browser_key: str = ""
    """What a browser needs to subscribe; empty where it can't."""

    @property
    def is_any(self) -> bool:
        return bool(self.chats or self.browser_key)


def ways_of(order: Order, *, now: datetime) -> Ways:
    """Return the ways open to the customer of an order."""
    accounts = accounts_of([order.store_id])
    start = start_token(order.pk, now=now)
    chats, browser_key = [], ""
    for (_store, key), account in sorted(accounts.items()):
        kind = connectable()[key]
        if link := kind.beginning(account, start):
            name = kind.name.partition(" (")[0]
            chats.append(Way(key=key, name=name, invitation=kind.invitation, link=link))
        if kind.takes_browsers and order.customer_id:
            browser_key = kind.browser_key(account)
    return Ways(chats=tuple(chats), browser_key=browser_key)
