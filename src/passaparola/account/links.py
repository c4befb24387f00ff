"""Links for others than the buyer: a gift's page, and the page of who follows an order."""

from datetime import date, datetime, timedelta

from passaparola.account.models import Follower
from passaparola.kernel import signing
from passaparola.orders.links import order_token
from passaparola.orders.models import Order

GIFT = "order gift"
FOLLOW = "order follower"
_LASTS = timedelta(days=200)


def gift_path(order: Order, *, now: datetime) -> str:
    """Return the page that shows only where a parcel is; it ends with the order's other links."""
    return f"/g/{order_token(order.pk, now=now, epoch=order.link_epoch, purpose=GIFT)}/"


def follow_path(follower: Follower, *, now: datetime) -> str:
    month = date(now.year, now.month, 1)
    return f"/f/{signing.sign(FOLLOW, follower.pk, expires=month + _LASTS)}/"


def read_follower(token: str, *, now: datetime) -> int | None:
    return signing.read(FOLLOW, token, now=now)
