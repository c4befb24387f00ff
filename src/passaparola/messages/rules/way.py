"""Which channel somebody is written to on, where whoever asks leaves it open."""

from collections.abc import Callable, Collection

from passaparola.messages.rules.values import WANTED, Purpose

BEST = "best"
"""Asked for instead of a channel: the one that suits this person."""
FREE = ("telegram", "web_push")
"""Only reached by people who began it themselves: they want to read us there, and it costs nothing."""
OTHERS = ("whatsapp", "sms")
"""Known from an order's phone number and paid for by the message: taken where there is no other way."""


def may_be_sent(purpose: Purpose, *, agreed: Collection[Purpose], declined: Collection[Purpose]) -> bool:
    """Tell whether somebody may be sent something of the kind on a channel, as far as they said so themselves."""
    if purpose.needs_consent:
        return purpose in agreed
    return purpose not in WANTED or purpose not in declined


def best_way(
    ways: Collection[str],
    *,
    wished: str,
    has_mail: bool,
    is_allowed: Callable[[str], bool] = lambda channel: True,  # noqa: ARG005 - nobody forbids anything
) -> str:
    """Return the channel; e-mail where there is none at all, which then says that there is no address.

    What somebody chose on the page of preferences goes first, then what they began by themselves, then e-mail, then
    what costs. Where they did not agree to such a message on one of them, the next one is looked at; where they
    agreed nowhere it is the first, which then says so.
    """
    found = ways_in_order(ways, wished=wished, has_mail=has_mail)
    return next(filter(is_allowed, found), found[0] if found else "email")


def ways_in_order(ways: Collection[str], *, wished: str, has_mail: bool) -> list[str]:
    """Return every way there is to somebody, the one they like best first."""
    there = [*FREE, "email", *OTHERS]
    known = [channel for channel in there if channel in ways or (channel == "email" and has_mail)]
    return sorted(known, key=lambda channel: channel != wished)
