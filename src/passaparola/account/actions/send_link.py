"""Sending the link of the whole page to whoever found an order by its number."""

from datetime import datetime

from django.db import transaction

from passaparola.account.actions.errors import TooManyTriesError
from passaparola.account.rules.lookup import LINKS_PER_ORDER, WINDOW
from passaparola.kernel.limits import may_try
from passaparola.messages.actions import Wanted, ask
from passaparola.orders.models import Order


def send_link(order: int, *, store: int, now: datetime) -> None:
    """Ask for the mail with the order's link. Raises TooManyTriesError when it was asked for too often.

    An order that is not there is counted and answered like one that is.
    """
    if not may_try("link of", f"{store}|{order}", most=LINKS_PER_ORDER, per=WINDOW, now=now):
        raise TooManyTriesError
    if not Order.objects.real().filter(pk=order, store=store).exists():
        return
    key = f"order:{order}:link:{now:%Y%m%d%H%M}"
    with transaction.atomic():
        ask([Wanted(store_id=store, key=key, kind="order_link", order_id=order)], now=now)
