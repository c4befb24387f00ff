"""Who else may look: a gift's page without price and contents, and friends who get the news of the way."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from passaparola.account.actions.errors import NotPossibleError
from passaparola.account.links import follow_path
from passaparola.account.models import Follower
from passaparola.account.rules.ways_in import WINDOW
from passaparola.kernel.limits import may_try
from passaparola.messages.actions import Wanted, ask
from passaparola.messages.rules.names import sayable
from passaparola.orders.models import Order
from passaparola.stores.hosts import base_url

MOST_FOLLOWERS = 5


def take_links_back(order: Order) -> int:
    """End every link of this order that was ever sent, and return the new epoch. Later mails carry new links."""
    Order.objects.filter(pk=order.pk).update(
        link_epoch=F("link_epoch") + 1, page_version=F("page_version") + 1
    )
    order.refresh_from_db(fields=["link_epoch", "page_version"])
    return order.link_epoch


@transaction.atomic
def ask_follower(order: Order, *, email: str, now: datetime) -> Follower:
    """Ask somebody by mail whether they want the news; nothing else is sent before they say yes.

    Raises NotPossibleError where there are enough, or where it was asked too often.
    """
    email = email.strip().lower()
    if order.followers.filter(ended_at=None).exclude(email=email).count() >= MOST_FOLLOWERS:
        raise NotPossibleError(_("Five people are enough."))
    if not may_try("follower of", str(order.pk), most=10, per=WINDOW * 96, now=now):
        raise NotPossibleError(_("That is enough for today; please try again tomorrow."))
    found, is_new = Follower.objects.get_or_create(
        order=order, email=email, defaults={"store": order.store, "asked_at": now}
    )
    if found.ended_at and found.confirmed_at is None:
        raise NotPossibleError(_("They asked not to be written to about this order."))
    if not is_new and found.confirmed_at and found.ended_at is None:
        return found
    Follower.objects.filter(pk=found.pk).update(ended_at=None, asked_at=now)
    wanted = Wanted(
        store_id=order.store_id,
        key=f"follower:{found.pk}:asked:{now:%Y%m%d}",
        kind="follow_request",
        order_id=order.pk,
        to_address=email,
        data={
            "url": f"{base_url(order.store.host)}{follow_path(found, now=now)}",
            "who": sayable(order.shipping_address.get("name", "")),
        },
        asked_by="customer",
    )
    ask([wanted], now=now)
    return found


def confirm_follower(follower: Follower, *, now: datetime) -> None:
    Follower.objects.filter(pk=follower.pk).update(confirmed_at=now, ended_at=None)


def end_follower(follower: Follower, *, now: datetime) -> None:
    """No more news to them. Who ends it before saying yes is not asked again."""
    Follower.objects.filter(pk=follower.pk, ended_at=None).update(ended_at=now)
