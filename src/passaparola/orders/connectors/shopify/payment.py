"""How a Shopify order was paid, in the words of the customer."""

import re
from collections.abc import Mapping
from typing import Any

from passaparola.inbound import reading
from passaparola.orders.facts import PaymentState

STATES = {state.value: state for state in PaymentState} | {"unpaid": PaymentState.PENDING}
NAMES = {
    "paypal": "PayPal",
    "amazon_payments": "Amazon Pay",
    "shop_pay_installments": "Shop Pay Installments",
    "bank_deposit": "Bank Deposit",
}


def read_state(order: Mapping[str, Any]) -> PaymentState:
    return STATES.get(reading.text(order.get("financial_status")).lower(), PaymentState.PENDING)


def read_method(order: Mapping[str, Any]) -> str:
    return _card(order) or _gateways(order)


def _card(order: Mapping[str, Any]) -> str:
    details = reading.one(order.get("payment_details"))
    company = reading.text(details.get("credit_card_company"))
    digits = re.search(r"\d{4}\s*$", reading.text(details.get("credit_card_number")))
    if company and digits:
        return f"{company} •••• {digits[0].strip()}"
    return company


def _gateways(order: Mapping[str, Any]) -> str:
    names = order.get("payment_gateway_names")
    gateways = reading.texts(names if type(names) is list else [order.get("gateway")])
    return ", ".join(dict.fromkeys(gateway_in_words(gateway) for gateway in gateways))


def gateway_in_words(gateway: str) -> str:
    """`shopify_payments` becomes `Shopify Payments`; what is already written for people stays."""
    known = NAMES.get(gateway.lower())
    if known:
        return known
    return gateway.replace("_", " ").title() if gateway.islower() else gateway
