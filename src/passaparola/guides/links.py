"""Where a guide is read: for journeys and campaigns that send one."""

from datetime import datetime

from passaparola.guides.models import Guide
from passaparola.orders.links import order_path
from passaparola.orders.models import Order
from passaparola.stores.hosts import base_url


def guide_link(guide: Guide, *, order: Order | None = None, now: datetime) -> str:
    """Return the whole address of a guide, with the order's own dates filled in where there is an order."""
    base = base_url(guide.store.host)
    if order is not None and order.store_id == guide.store_id:
        return f"{base}{order_path(order.pk, now=now, epoch=order.link_epoch)}guides/{guide.pk}/"
    return f"{base}/s/{guide.store.slug}/help/{guide.pk}/"
