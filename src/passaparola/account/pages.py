"""The order page as bytes: loaded, put into words, laid out. The same whatever way it is asked for."""

from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation

from passaparola.account import queries, shells
from passaparola.account.icons import symbols
from passaparola.account.kept import SHELF, Kept, Made
from passaparola.account.loading import order_of
from passaparola.account.queries import Row
from passaparola.account.rules.anonymous import anonymous
from passaparola.account.rules.lookup import masked_email, masked_place
from passaparola.account.rules.page import page
from passaparola.account.rules.voice import Moment
from passaparola.account.voice import DjangoVoice
from passaparola.kernel.ui.languages import language_of
from passaparola.returns.story import briefly


def page_of(order: int, wish: str, *, epoch: int = 0, now: datetime) -> Kept | None:
    """Return the page of an order: the kept one where it still holds, else a new one. None: no page.

    `epoch` is the link's: a link that was taken back finds no order.
    """
    is_kept = SHELF.find(order, wish, now=now) is not None
    found = SHELF.fresh(order, wish, queries.stamp(order, epoch), now=now) if is_kept else None
    if found:
        return found
    made = make(order, wish, epoch=epoch, now=now)
    return SHELF.keep(order, wish, made) if made else None


def make(order: int, wish: str, *, epoch: int = 0, now: datetime) -> Made | None:
    """Make the page of an order in the wished language, else in the order's own; None where there is none."""
    rows = queries.rows(order, epoch)
    if rows is None:
        return None
    head, language = rows.head, language_of_page(rows.head, wish)
    with translation.override(language):
        known = order_of(rows, language)
        shown = page(known, moment_of(head, language, now))
        context = {
            "page": shown,
            "symbols": symbols(shown),
            "shop": known.shop,
            "phone_link": "".join(sign for sign in known.shop.phone if sign in "+0123456789"),
            "show_contents": len(shown.cards) > 1 or bool(shown.to_come),
            "shell": shells.of_order(head, language),
            "below": "",
            # Few orders have one: what is said of it need not be in everybody's question.
            "returns": briefly(order, now=now) if head["has_returns"] else (),
        }
        html = get_template("account/order.html").render(context).encode()
    etag = blake2b(html, digest_size=12).hexdigest()
    return Made(html, etag, language, rows.head["slug"], rows.stamp, shown.fresh_until)


def progress_of(order: int, store: int, language: str, *, now: datetime) -> dict[str, Any] | None:
    """Return what may be said to somebody who has not proved their address; None: no such order."""
    rows = queries.rows(order) if order else None
    if rows is None or rows.head["store_id"] != store:
        return None
    known = order_of(rows, language)
    moment = moment_of(rows.head, language, now)
    country = moment.voice.country(known.address.get("country", ""))
    shown = page(anonymous(known), moment)
    return {
        "page": shown,
        "symbols": symbols(shown),
        "email": masked_email(rows.head["email"]),
        "place": masked_place(known.address.get("postcode", ""), country),
    }


def language_of_page(head: Row, wish: str) -> str:
    return language_of(wish, head["language"], head["customer_language"] or "", head["shop_language"])


def moment_of(head: Row, language: str, now: datetime) -> Moment:
    return Moment(now, _zone(head["time_zone"]), DjangoVoice(language))


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    """A zone that this machine does not know must not cost anybody their page."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)
