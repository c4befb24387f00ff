"""Shopify's three mandatory privacy topics."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from passaparola.inbound import reading
from passaparola.orders.facts import Facts, PrivacyFacts, PrivacyKind


def data_requested(payload: Mapping[str, Any]) -> Facts:
    request = reading.identity(reading.one(payload.get("data_request")).get("id"))
    return _asked(PrivacyKind.DATA_REQUEST, payload, "orders_requested", request)


def customer_redacted(payload: Mapping[str, Any]) -> Facts:
    return _asked(PrivacyKind.REDACT_CUSTOMER, payload, "orders_to_redact")


def store_redacted(payload: Mapping[str, Any]) -> Facts:
    return _asked(PrivacyKind.REDACT_STORE, payload)


def _asked(kind: PrivacyKind, payload: Mapping[str, Any], orders: str = "", request: str = "") -> Facts:
    customer = reading.one(payload.get("customer"))
    ids = payload.get(orders)
    facts = PrivacyFacts(
        kind=kind,
        external_id=request or _fingerprint(payload),
        customer_id=reading.identity(customer.get("id")),
        email=reading.text(customer.get("email")),
        phone=reading.text(customer.get("phone")),
        order_ids=tuple(filter(None, map(reading.identity, ids))) if type(ids) is list else (),
    )
    return Facts(privacy=(facts,))


def _fingerprint(payload: Mapping[str, Any]) -> str:
    """Only data requests carry an id; the others are named by what they say, so a repetition is the same."""
    return sha256(repr(sorted(payload.items(), key=lambda item: item[0])).encode()).hexdigest()[:32]
