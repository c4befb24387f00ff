"""Getting in: what people type, how long a code and a session last, how often one may try."""

import re
from datetime import timedelta

DIGITS = 6
FEWEST_DIGITS = 6
"""Of a telephone number."""
CODE_LASTS = timedelta(minutes=15)
SESSION_LASTS = timedelta(days=60)
MOST_TRIES = 5
"""For one code: a guesser has five of a million."""
WINDOW = timedelta(minutes=15)
MOST_CHANGE_HOURS = 720
_HOST_PART = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_ORIGIN = re.compile(r"https?://([a-z0-9.-]{1,253})(?::\d{1,5})?")
CODES_PER_SOURCE, CODES_PER_ADDRESS, TRIES_PER_SOURCE = 20, 4, 40
CODES_PER_DAY = 20
"""For one address: nobody's mailbox can be flooded from many networks."""


def kind_of(typed: str) -> str:
    """Return whether an e-mail address or a telephone number was typed."""
    return "email" if "@" in typed else "phone"


def digits_of(typed: str) -> str:
    """`123 456` and `123-456` are the same code."""
    return re.sub(r"\D", "", typed)[:DIGITS]


def spelled(number: int) -> str:
    return f"{number % 10**DIGITS:0{DIGITS}}"


def browser_of(agent: str) -> str:
    """`Firefox, Android`: enough to recognise one's own device; nothing of versions."""
    names = (
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    found = [next((name for sign, name in known if sign in agent), "") for known in (names, systems)]
    return ", ".join(filter(None, found))


def is_host(name: str) -> bool:
    """Tell whether it may be the name of a host on the internet: `orders.bottegaluna.example`."""
    parts = name.split(".")
    return len(parts) > 1 and not parts[-1].isdigit() and all(_HOST_PART.fullmatch(part) for part in parts)


def is_origin(text: str) -> bool:
    """Tell whether it is a site as browsers name one: scheme, host, perhaps a port, and nothing else.

    It becomes part of a policy in a header, so nothing that could end or widen one may pass.
    """
    found = _ORIGIN.fullmatch(text)
    return found is not None and (is_host(found[1]) or found[1] in {"localhost", "127.0.0.1"})
