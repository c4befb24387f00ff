"""What a message costs, by the shop's price list. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

import phonenumbers


class Line(NamedTuple):
    """One line of a price list. An empty country or category stands for all others."""

    channel: str
    country: str
    category: str
    amount: Decimal


def price_of(lines: Iterable[Line], *, channel: str, country: str, category: str) -> Decimal | None:
    """Return the price of one part by the most precise line that fits; None where none does.

    A line for the country goes before one for the category: providers' lists are by country first.
    """
    fitting = [
        line
        for line in lines
        if line.channel == channel and line.country in {"", country} and line.category in {"", category}
    ]
    if not fitting:
        return None
    return max(fitting, key=lambda line: (bool(line.country), bool(line.category))).amount


def country_of(phone: str) -> str:
    """Return the country of a number in E.164, or of a WhatsApp user's id (`IT.123`); empty where there is none."""
    if phone[2:3] == ".":
        return phone[:2]
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(phone)) or ""
    except phonenumbers.NumberParseException:
        return ""
