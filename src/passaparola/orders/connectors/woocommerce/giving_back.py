"""Giving money back through WooCommerce's REST API (v3, `orders/<id>/refunds`).

It knows no key that makes a request count once, so the refunds there are are looked through first: ours has our
note as its reason. Only the amount is told, no lines: what is restocked is the shop's own decision.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from passaparola.inbound import reading
from passaparola.kernel.http.client import Answer, Request
from passaparola.orders.giving_back import NobodyKnowsError, NotGivenError, Talk, Wish

SETTINGS = ("shop_address", "refund_key", "refund_secret")
_MOST = 100
_CREATED = 201


def give_back(wish: Wish, given: Mapping[str, str]) -> Talk:
    address = given["shop_address"].strip().rstrip("/")
    place = f"{address}/wp-json/wc/v3/orders/{quote(wish.order, safe='')}"
    url = f"{place}/refunds"
    key = b64encode(f"{given['refund_key'].strip()}:{given['refund_secret'].strip()}".encode()).decode()
    headers = {"Authorization": f"Basic {key}", "Content-Type": "application/json"}
    order = _read((yield Request(method="GET", url=place, headers=headers)), dict)
    wish.check(reading.text(order.get("number")), reading.text(order.get("currency")))
    known = _read((yield Request(method="GET", url=f"{url}?per_page={_MOST}", headers=headers)), list)
    for refund in reading.many(known):
        if wish.is_noted_in(reading.text(refund.get("reason"))):
            return reading.identity(refund.get("id"))
    body = {"amount": f"{wish.amount:.2f}", "reason": wish.note, "api_refund": True, "api_restock": False}
    answer = yield Request(method="POST", url=url, headers=headers, body=json.dumps(body).encode())
    made = _read(answer, dict)
    if answer.status != _CREATED or reading.amount(made.get("amount")) != Decimal(f"{wish.amount:.2f}"):
        raise NotGivenError(_("WooCommerce did not give the whole amount back: look at the order there."))
    return reading.identity(made.get("id"))


def _read(answer: Answer, kind: type) -> Any:
    """Return what it says; raises NotGivenError with its own sentence where it says no."""
    try:
        said = reading.parsed(answer.body)
    except (ValueError, RecursionError):
        said = None
    if answer.status in {200, _CREATED} and type(said) is kind:
        return said
    # Its own no is a 500 too, where the payment service refuses; but it is signed.
    is_its_own = type(said) is dict and reading.text(said.get("code")).startswith("woocommerce_")
    if not is_its_own and (answer.status >= 500 or answer.status in {200, _CREATED}):  # noqa: PLR2004 - as HTTP says it
        raise NobodyKnowsError(
            _("WooCommerce does not say whether it was given (%(status)s).") % {"status": answer.status}
        )
    words = reading.text(said.get("message"), 300) if type(said) is dict else ""
    raise NotGivenError(
        _("WooCommerce says no (%(status)s). %(words)s") % {"status": answer.status, "words": words}
    )
