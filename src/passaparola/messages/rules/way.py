"""Which channel somebody is written to on, where whoever asks leaves it open."""

from collections.abc import Collection

BEST = "best"
"""Asked for instead of a channel: the one that suits this person."""
FREE = ("telegram", "web_push")
"""Only reached by people who began it themselves: they want to read us there, and it costs nothing."""
OTHERS = ("whatsapp", "sms")
"""Known from an order's phone number and paid for by the message: taken where there is no other way."""


def best_way(ways: Collection[str], *, wished: str, has_mail: bool) -> str:
    """Return the channel; e-mail where there is none at all, which then says that there is no address.

    What somebody chose on the page of preferences goes first, then what they began by themselves, then e-mail.
    """
    if wished in ways or (wished == "email" and has_mail):
        return wished
    for channel in FREE:
        if channel in ways:
            return channel
    if has_mail:
        return "email"
    return next((channel for channel in OTHERS if channel in ways), "email")
