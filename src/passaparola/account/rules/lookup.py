"""Finding an order by its number and e-mail: what people type, and what we show of it."""

import re
from datetime import timedelta

LONGEST = 60
PER_SOURCE, PER_ADDRESS, PER_NUMBER = 30, 8, 12
"""Tries allowed in one window from one network, with one e-mail address, for one order number."""
LINKS_PER_ORDER = 3
"""Mails with the link that anybody may have sent to an order's own address in one window."""
WINDOW = timedelta(minutes=15)


def tidy_number(typed: str) -> str:
    """`# 1001` and `1001` are the same order: without signs in front and without blanks."""
    return re.sub(r"\s+", "", typed).lstrip("#")[:LONGEST]


def spellings(number: str, newest: str = "") -> list[str]:
    """Return how a shop may have written the number, so that an index finds it whatever case was typed.

    `newest` is the number of the shop's newest order: who types `10240` means `BL-10240` where that is its way.
    """
    before, after = _around(newest)
    whole = (number, f"{before}{number}{after}") if number.isdecimal() else (number,)
    plain = dict.fromkeys(
        spelling for one in whole for spelling in (one, one.upper(), one.lower(), one.capitalize())
    )
    return [spelling for bare in plain for spelling in (bare, f"#{bare}")]


def _around(number: str) -> tuple[str, str]:
    """Return what stands before and after the last figures of a number: `BL-` and nothing of `#BL-10240`."""
    found = re.fullmatch(r"#?(.*?)[0-9]+([^0-9]*)", number)
    return (found[1], found[2]) if found else ("", "")


def tidy_email(typed: str) -> str:
    return typed.strip().casefold()


def masked_email(email: str) -> str:
    """`g••••@p••••.example`: enough to recognise one's own address, too little to learn one."""
    name, _, host = email.partition("@")
    domain, dot, ending = host.rpartition(".")
    if not (name and domain):
        return ""
    return f"{name[0]}••••@{domain[0]}••••{dot}{ending}"


def masked_place(postcode: str, country: str) -> str:
    """`20•••, Italy`: the first two signs of the postcode."""
    code = f"{postcode[:2]}•••" if len(postcode) > 2 else ""  # noqa: PLR2004 - shorter ones say too much
    return ", ".join(filter(None, (code, country)))
