"""The order page as bytes: loaded, put into words, laid out. The same whatever way it is asked for."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from django.template.loader import get_template
from django.utils import translation

from passaparola.account import queries
from passaparola.account.brand import brand_css_url
from passaparola.account.loading import order_of
from passaparola.account.queries import Row, Stamp
from passaparola.account.rules.page import page
from passaparola.account.rules.voice import Moment
from passaparola.account.voice import LANGUAGES, DjangoVoice, language_of
from passaparola.kernel.ui.shell import CustomerShell, Link


@dataclass(frozen=True, slots=True)
class Made:
    """One page as it was made. It holds while the stamp is the same and `fresh_until` has not come."""

    html: bytes
    etag: str
    language: str
    stamp: Stamp
    fresh_until: datetime


def make(order: int, wish: str, *, now: datetime) -> Made | None:
    """Make the page of an order in the wished language, else in the order's own; None where there is none."""
    rows = queries.rows(order)
    if rows is None:
        return None
    head = rows.head
    language = language_of(wish, head["language"], head["customer_language"] or "", head["shop_language"])
    with translation.override(language):
        known = order_of(rows, language)
        shown = page(known, Moment(now, ZoneInfo(head["time_zone"]), DjangoVoice(language)))
        context = {
            "page": shown,
            "shop": known.shop,
            "phone_link": "".join(sign for sign in known.shop.phone if sign in "+0123456789"),
            "show_contents": len(shown.cards) > 1 or bool(shown.to_come),
            "shell": shell_of(head, language),
        }
        html = get_template("account/order.html").render(context).encode()
    etag = blake2b(html, digest_size=12).hexdigest()
    return Made(html, etag, language, rows.stamp, shown.fresh_until)


def shell_of(head: Row, language: str) -> CustomerShell:
    """Return the frame in the shop's look, with a way to the other language."""
    others = [Link(name, f"?lang={code}") for code, name in LANGUAGES.items() if code != language]
    return CustomerShell(
        shop_name=head["shop_name"],
        brand_css_url=brand_css_url(head),
        shop_url=head["url"],
        links=others,
        footer_line=" · ".join(filter(None, (head["shop_name"], head["postal_address"]))),
    )
