"""Everything about one order on a page below its own: who, where, what it cost, what may still be changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from passaparola.account import queries
from passaparola.account.actions.changes import is_open
from passaparola.account.loading import order_of
from passaparola.account.models import ChangeRequest, Follower
from passaparola.account.pages import moment_of
from passaparola.account.rules.known import Order as Known
from passaparola.account.rules.lookup import masked_email
from passaparola.account.rules.page import Page, address_lines, page
from passaparola.account.rules.voice import Moment
from passaparola.orders.models import Line, Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    page: Page
    placed: str
    email: str
    billing: tuple[str, ...]
    changes: list[ChangeRequest]
    """What was asked and is not answered yet, and the newest answers."""
    may_change: bool
    followers: list[Follower]
    things: list[tuple[int, str]]
    """Lines with a page of their own: id and name."""


def known_of(order: Order, language: str, now: datetime) -> tuple[Known, Moment]:
    """Return what is known of an order, and the moment it is told in. The order is there: the link was checked."""
    rows = queries.rows(order.pk)
    if rows is None:
        raise Order.DoesNotExist
    return order_of(rows, language), moment_of(rows.head, language, now)


def details_of(order: Order, language: str, *, now: datetime) -> Details:
    known, moment = known_of(order, language, now)
    placed = moment.full_day(moment.local(order.placed_at).date()) if order.placed_at else ""
    ways: dict[str, Any] = {
        "changes": list(order.change_requests.order_by("-asked_at")[:3]),
        "may_change": is_open(order, now=now),
        "followers": list(order.followers.filter(ended_at=None).order_by("pk")),
        "things": [(line.pk, line.title) for line in _things(order)],
    }
    return Details(
        page=page(known, moment),
        placed=placed,
        email=masked_email(order.email),
        billing=address_lines(order.billing_address, known, moment),
        **ways,
    )


def _things(order: Order) -> list[Line]:
    lines = order.lines.filter(quantity__gt=0).exclude(product_external_id="").order_by("position", "pk")
    return list(lines)
