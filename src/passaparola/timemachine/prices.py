"""What messages would have cost, by the shop's price list and by how long such messages really were."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Avg

from passaparola.messages.channel import CHANNELS
from passaparola.messages.kind import MessageKind
from passaparola.messages.models import Message, Price
from passaparola.messages.rules.price import Line, country_of, price_of
from passaparola.messages.rules.values import WANTED
from passaparola.stores.models import Store

OWED, MARKETING = "utility", "marketing"
"""What providers with categories charge a message as; a price list without them has one line for all."""


class Prices:
    """Loaded once for a trip."""

    def __init__(self, store: Store, since: datetime) -> None:
        rows = Price.objects.filter(store=store)
        self._lines = [Line(row.channel, row.country, row.category, row.amount) for row in rows]
        sent = Message.objects.filter(store=store, sent_at__gt=since, units__gt=0).exclude(channel="email")
        parts = sent.values("channel", "kind").annotate(parts=Avg("units"))
        self._parts = {(one["channel"], one["kind"]): Decimal(one["parts"]) for one in parts}

    def of(self, kind: MessageKind, channel: str, address: str) -> Decimal | None:
        """Return the price: free where the channel is, None where the list does not say.

        A long text goes in several parts, each with its price: as many as such messages really had, else one.
        """
        if channel == "email" or getattr(CHANNELS.get(channel), "is_free", False):
            return Decimal(0)
        category = MARKETING if kind.purpose in WANTED else OWED
        price = price_of(self._lines, channel=channel, country=country_of(address), category=category)
        return None if price is None else price * self._parts.get((channel, kind.key), Decimal(1))
