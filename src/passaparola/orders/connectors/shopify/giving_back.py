"""Giving money back through Shopify's Admin API (GraphQL, `refundCreate`).

It takes a key with which the same request counts once (`@idempotent`, obligatory since 2026-04). Keys are kept for a
while only, so the order's refunds are looked through first: ours has our note.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from passaparola.inbound import reading
from passaparola.kernel.http.client import Answer, Request
from passaparola.orders.giving_back import NobodyKnowsError, NotGivenError, Talk, Wish

SETTINGS = ("shop_address", "refund_token")
VERSION = "2026-01"
_LOOK = """query ($id: ID!) { order(id: $id) {
  name
  presentmentCurrencyCode
  refunds { id note }
  suggestedRefund(suggestFullRefund: true) { suggestedTransactions {
    gateway parentTransaction { id } maximumRefundableSet { presentmentMoney { amount } } } } } }"""
_GIVE = """mutation ($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { message } } }"""


def give_back(wish: Wish, given: Mapping[str, str]) -> Talk:
    address = given["shop_address"].strip().rstrip("/")
    order = f"gid://shopify/Order/{wish.order}"

    def asking(query: str, **variables: Any) -> Request:
        body = json.dumps({"query": query, "variables": variables}).encode()
        headers = {
            "X-Shopify-Access-Token": given["refund_token"].strip(),
            "Content-Type": "application/json",
        }
        return Request(
            method="POST", url=f"{address}/admin/api/{VERSION}/graphql.json", headers=headers, body=body
        )

    known = reading.one(_read((yield asking(_LOOK, id=order))).get("order"))
    if not known:
        raise NotGivenError(_("Shopify does not know this order, or the token may not see it."))
    wish.check(reading.text(known.get("name")), reading.text(known.get("presentmentCurrencyCode")))
    for refund in reading.many(known.get("refunds")):
        if wish.is_noted_in(reading.text(refund.get("note"))):
            return reading.identity(refund.get("id"))
    wanted = {
        "orderId": order,
        "note": wish.note,
        "notify": False,
        "currency": wish.currency,
        "transactions": [{"orderId": order, **part} for part in _parts(known, wish)],
    }
    made = reading.one(_read((yield asking(_GIVE, input=wanted, key=wish.key))).get("refundCreate"))
    refused = " ".join(
        reading.text(error.get("message"), 300) for error in reading.many(made.get("userErrors"))
    )
    found = reading.identity(reading.one(made.get("refund")).get("id"))
    if refused or not found:
        raise NotGivenError(_("Shopify says no. %(words)s") % {"words": refused})
    return found


def _parts(order: Mapping[str, Any], wish: Wish) -> list[dict[str, str]]:
    """From which payments so much can be given: the first as far as it goes, then the next."""
    left, parts = wish.amount, []
    for most, part in _payments(order):
        amount = min(most, left)
        if amount > 0:
            parts.append(part | {"amount": f"{amount:.2f}"})
            left -= amount
    if left > 0:
        raise NotGivenError(_("Shopify has no payment left from which this much could go back."))
    return parts


def _payments(order: Mapping[str, Any]) -> Iterator[tuple[Decimal, dict[str, str]]]:
    for one in reading.many(reading.one(order.get("suggestedRefund")).get("suggestedTransactions")):
        money = reading.one(reading.one(one.get("maximumRefundableSet")).get("presentmentMoney"))
        parent = reading.text(reading.one(one.get("parentTransaction")).get("id"))
        gateway = reading.text(one.get("gateway"))
        yield reading.amount(money.get("amount")), {"parentId": parent, "gateway": gateway, "kind": "REFUND"}


def _read(answer: Answer) -> Mapping[str, Any]:
    try:
        said = reading.parsed(answer.body)
    except (ValueError, RecursionError):
        said = None
    if answer.status >= 500 or (answer.status == 200 and type(said) is not dict):  # noqa: PLR2004 - as HTTP says it
        raise NobodyKnowsError(
            _("Shopify does not say whether it was given (%(status)s).") % {"status": answer.status}
        )
    told = said if type(said) is dict else {}
    words = " ".join(reading.text(error.get("message"), 300) for error in reading.many(told.get("errors")))
    if answer.status != 200 or words or type(told.get("data")) is not dict:  # noqa: PLR2004 - what GraphQL answers
        raise NotGivenError(
            _("Shopify says no (%(status)s). %(words)s") % {"status": answer.status, "words": words}
        )
    return reading.one(told["data"])
