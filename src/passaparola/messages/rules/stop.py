"""What people write when they want to be left alone, and when they take it back."""

import re

STOP = frozenset(
    {
        "stop",
        "stopall",
        "stop all",
        "stop tutto",
        "unsubscribe",
        "end",
        "quit",
        "revoke",
        "optout",
        "opt out",
        "basta",
        "basta messaggi",
        "disiscrivimi",
        "cancellami",
        "non scrivetemi",
        "non scrivetemi più",
    }
)
"""The words that Twilio, and the American CTIA, count as a stop, and the Italian ones. “Cancel” is left out: people
mean their order by it."""
START = frozenset({"start", "unstop", "riprendi"})
_BESIDE = re.compile(r"[\s.!/,;:'\"“”«»…-]+")


def _plain(words: str) -> str:
    return _BESIDE.sub(" ", words.casefold()).strip()


def wants_silence(words: str) -> bool:
    """Tell whether the whole message says stop; “I can't stop smiling” does not."""
    return _plain(words) in STOP


def wants_words(words: str) -> bool:
    """Tell whether somebody who had said stop takes it back."""
    return _plain(words) in START
