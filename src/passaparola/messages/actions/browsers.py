"""Browsers that want to be told: given by the customer on their order's page, and taken back there."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from passaparola.messages.accounts import connectable
from passaparola.messages.models import Reach
from passaparola.orders.models import Order

MOST = 10
"""Browsers of one person; the oldest make room."""


class NoBrowserError(ValueError):
    """What was given can't be written to."""


@transaction.atomic
def keep_browser(order: Order, *, given: Mapping[str, str], now: datetime) -> Reach:
    """Keep a browser of the order's customer. Raises NoBrowserError for what is none."""
    channel, address = _named(given)
    if not address or order.customer is None:
        raise NoBrowserError
    customer = order.customer.merged_into_id or order.customer.pk
    kept = {"customer_id": customer, "keys": json.dumps(dict(given)), "ended_at": None}
    row, _is_new = Reach.objects.update_or_create(
        store_id=order.store_id,
        channel=channel,
        address=address,
        defaults=kept,
        create_defaults={**kept, "made_at": now},
    )
    own = Reach.objects.filter(customer=customer, channel=channel, ended_at=None).order_by("-pk")
    extra = list(own.values_list("pk", flat=True)[MOST:])
    Reach.objects.filter(pk__in=extra).update(ended_at=now, keys="")
    return row


def forget_browser(order: Order, *, given: Mapping[str, str], now: datetime) -> int:
    """Forget a browser, keys and all; return how many it were. Only who has its keys can name it."""
    channel, address = _named(given)
    rows = Reach.objects.filter(store=order.store_id, channel=channel, address=address, ended_at=None)
    return rows.update(ended_at=now, keys="")


def _named(given: Mapping[str, str]) -> tuple[str, str]:
    """Return the channel that takes browsers and what it calls this one; empty where it is none."""
    for key, kind in connectable().items():
        if kind.takes_browsers:
            return key, kind.browser_address(given)
    return "", ""
