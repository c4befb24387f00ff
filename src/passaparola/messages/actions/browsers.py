"""Browsers that want to be told: given by the customer on their order's page, and taken back there."""

import json
from datetime import datetime

from django.db import transaction

from passaparola.kernel.http.destination import destination_of
from passaparola.kernel.http.errors import ForbiddenError
from passaparola.messages.channels.web_push import keys
from passaparola.messages.channels.web_push.channel import address_of
from passaparola.messages.models import Reach
from passaparola.orders.models import Order

CHANNEL = "web_push"
MOST = 10
"""Browsers of one person; the oldest make room."""
LONGEST_ENDPOINT = 1_000


class NoBrowserError(ValueError):
    """What was given can't be written to."""


@transaction.atomic
def keep_browser(order: Order, *, endpoint: str, p256dh: str, auth: str, now: datetime) -> Reach:
    """Keep a browser of the order's customer. Raises NoBrowserError for what is none."""
    if order.customer_id is None or not _is_endpoint(endpoint) or not keys.is_browsers(p256dh, auth):
        raise NoBrowserError
    customer = order.customer.merged_into_id or order.customer_id if order.customer else None
    given = json.dumps({"endpoint": endpoint, "p256dh": p256dh, "auth": auth})
    kept, _is_new = Reach.objects.update_or_create(
        store_id=order.store_id,
        channel=CHANNEL,
        address=address_of(endpoint),
        defaults={"customer_id": customer, "keys": given, "ended_at": None},
        create_defaults={"customer_id": customer, "keys": given, "made_at": now},
    )
    own = Reach.objects.filter(customer=customer, channel=CHANNEL, ended_at=None).order_by("-pk")
    extra = list(own.values_list("pk", flat=True)[MOST:])
    Reach.objects.filter(pk__in=extra).update(ended_at=now, keys="")
    return kept


def forget_browser(order: Order, *, endpoint: str, now: datetime) -> int:
    """Forget a browser, keys and all; return how many it were."""
    rows = Reach.objects.filter(store=order.store_id, channel=CHANNEL, address=address_of(endpoint))
    return rows.update(ended_at=now, keys="")


def _is_endpoint(endpoint: str) -> bool:
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.startswith("https://"):
        return False
    try:
        destination_of(endpoint)
    except ForbiddenError:
        return False
    return True
