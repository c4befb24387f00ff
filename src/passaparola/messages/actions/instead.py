"""What a channel could not bring goes by e-mail: who chose to read us elsewhere must not hear less for it."""

from collections.abc import Collection
from datetime import datetime

from passaparola.messages.accounts import connectable
from passaparola.messages.actions.ask import Wanted, ask
from passaparola.messages.models import Message
from passaparola.messages.rules.values import WANTED

WELCOME = "channel_linked"
"""The kind of message that answers a chat which a customer began from an order. It belongs there and nowhere else."""


def tell_by_mail(messages: Collection[int], *, now: datetime) -> int:
    """Ask for the same by e-mail where a channel refused for good, or never delivered; return how many.

    Only what we owe: what we want can wait until there is something better to say. Once for each, however often
    and in whatever order providers tell. In the caller's transaction.
    """
    failed = Message.objects.filter(pk__in=messages, channel__in=connectable(), expires_at__gt=now)
    owed = failed.exclude(purpose__in=WANTED).exclude(kind=WELCOME).select_related("order", "customer")
    wanted = [
        Wanted(
            store_id=one.store_id,
            key=f"{one.key[:190]}:by mail",
            kind=one.kind,
            order_id=one.order_id,
            customer_id=None if one.order_id else one.customer_id,
            parcel_id=one.parcel_id,
            fallback=one.fallback,
            data={name: value for name, value in one.data.items() if name != "joined"},
            expires_at=one.expires_at,
            asked_by=one.asked_by,
            template_id=one.template_id,
        )
        for one in owed
        if (one.order and one.order.email) or (one.customer and one.customer.email)
    ]
    return ask(wanted, now=now) if wanted else 0
