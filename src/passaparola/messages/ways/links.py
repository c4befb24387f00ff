"""The ways in which a customer may begin to be written to, with their links."""

import re
from dataclasses import dataclass
from datetime import datetime

from passaparola.messages.accounts import accounts_of
from passaparola.messages.channels.web_push.keys import public_key
from passaparola.messages.links import start_token
from passaparola.messages.rules.address import phone_number
from passaparola.orders.models import Order

_BOT = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What the shop of an order has connected and the customer can begin; empty strings for what it hasn't."""

    telegram: str = ""
    """The link that opens the shop's bot and tells it which order this is."""
    whatsapp: str = ""
    """The link that begins a chat with the shop's number."""
    push_key: str = ""
    """What a browser needs to subscribe."""

    @property
    def is_any(self) -> bool:
        return bool(self.telegram or self.whatsapp or self.push_key)


def ways_of(order: Order, *, now: datetime) -> Ways:
    """Return the ways open to the customer of an order."""
    accounts = accounts_of([order.store_id])
    telegram = accounts.get((order.store_id, "telegram"))
    whatsapp = accounts.get((order.store_id, "whatsapp"))
    push = accounts.get((order.store_id, "web_push"))
    bot = telegram.given.get("bot", "").removeprefix("@") if telegram else ""
    number = phone_number(whatsapp.given.get("number", "")) if whatsapp else ""
    return Ways(
        telegram=f"https://t.me/{bot}?start={start_token(order.pk, now=now)}" if _BOT.fullmatch(bot) else "",
        whatsapp=f"https://wa.me/{number.removeprefix('+')}" if number else "",
        push_key=public_key(push.secret) if push and order.customer_id else "",
    )
