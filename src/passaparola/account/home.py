"""The account's home in few questions, however many orders somebody has."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from passaparola.account import queries
from passaparola.account.loading import order_of, picture
from passaparola.account.models import AccountSession
from passaparola.account.people import orders_of
from passaparola.account.rules import home as rules
from passaparola.account.rules.contents import name_of
from passaparola.account.rules.known import Item
from passaparola.account.rules.page import web_only
from passaparola.account.rules.voice import Moment
from passaparola.account.voice import DjangoVoice
from passaparola.orders.links import order_path
from passaparola.returns.models import Return

MOST_ORDERS = 60
MOST_COMING = 8
STILL_NEWS = timedelta(days=90)
"""An older order that nobody called delivered is no longer on its way."""

# What was in them, with the picture of the product where the order brings none; by the index on the order.
_LINES = """
SELECT l.order_id, l.title, l.variant, coalesce(nullif(l.image_url, ''), p.image_url, '')
  FROM orders_line l
  JOIN orders_order o ON o.id = l.order_id
  LEFT JOIN products_product p ON p.store_id = o.store_id AND p.source = o.source AND p.deleted_at IS NULL
       AND p.external_id = l.product_external_id AND l.product_external_id <> ''
 WHERE l.order_id = ANY(%s) AND l.quantity > 0
 ORDER BY l.order_id, l.position, l.id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    greeting: str
    line: str
    errands: Sequence[rules.Errand]
    coming: Sequence[rules.Coming]
    past: Sequence[rules.Past]
    has_more: bool


def home_of(session: AccountSession, language: str, *, now: datetime) -> Home:
    customer = session.customer.merged_into or session.customer
    moment = Moment(now, session.store.zone, DjangoVoice(language))
    bought = _bought(session, now)
    shown = bought[:MOST_ORDERS]
    hot = [order for order in shown if _may_be_coming(order, now)][:MOST_COMING]
    coming = rules.coming(_whole(hot, language), moment)
    rest = {one.url for one in coming}
    errands = rules.errands(_to_send(shown), moment)
    return Home(
        greeting=rules.greeting(customer.first_name.strip(), moment),
        line=rules.warm_line(coming, shown, moment, errands=errands),
        errands=errands,
        coming=coming,
        past=rules.past([order for order in shown if order.url not in rest], moment),
        has_more=len(bought) > MOST_ORDERS,
    )


_ROW = ("pk", "number", "placed_at", "total", "currency", "cancelled_at", "delivered_at", "link_epoch")


def _bought(session: AccountSession, now: datetime) -> list[rules.Bought]:
    rows = list(orders_of(session).order_by("-placed_at").values_list(*_ROW)[: MOST_ORDERS + 1])
    lines = _lines([row[0] for row in rows])
    return [_order(row, lines[row[0]], now) for row in rows]


def _order(row: tuple[Any, ...], lines: Sequence[tuple[str, str]], now: datetime) -> rules.Bought:
    pk, number, placed_at, total, currency, cancelled_at, delivered_at, epoch = row
    return rules.Bought(
        pk=pk,
        url=order_path(pk, now=now, epoch=epoch),
        number=number,
        placed_at=placed_at,
        total=total,
        currency=currency,
        pictures=tuple(image for _, image in lines if image),
        names=tuple(name for name, _ in lines if name),
        is_cancelled=cancelled_at is not None,
        delivered_at=delivered_at,
    )


def _lines(orders: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return names and pictures of what was in each order."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [list(orders)])
        for order, title, variant, image in cursor.fetchall():
            name = name_of(Item(key="", title=title, variant=variant))
            found[order].append((name, web_only(picture(image), "https://", "/static/")))
    return found


def _to_send(orders: Sequence[rules.Bought]) -> list[rules.ToSend]:
    """Return what was agreed to be sent back and is still with the customer."""
    urls = {order.pk: order.url for order in orders}
    found = Return.objects.to_come().filter(order__any=list(urls), posted_at=None, travelling_at=None)
    rows = found.order_by("send_by", "pk").values_list("order_id", "pk", "number", "send_by")
    return [rules.ToSend(f"{urls[order]}return/{pk}/", number, by) for order, pk, number, by in rows]


def _may_be_coming(order: rules.Bought, now: datetime) -> bool:
    if order.is_cancelled or now - order.placed_at > STILL_NEWS:
        return False
    return order.delivered_at is None or now - order.delivered_at <= rules.JUST_ARRIVED


def _whole(orders: Sequence[rules.Bought], language: str) -> list[rules.Open]:
    """Return all that is known of these orders, to be told as their own pages tell them."""
    by_id = {order.pk: order for order in orders}
    found = queries.several(list(by_id)) if by_id else []
    return [rules.Open(by_id[rows.head["id"]], order_of(rows, language)) for rows in found]
