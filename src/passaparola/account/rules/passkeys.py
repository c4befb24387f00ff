"""Passkeys: how long a question to a device stands, how many devices, and when a count tells of a copy."""

from datetime import timedelta

CHALLENGE_LASTS = timedelta(minutes=5)
MOST_PASSKEYS = 20
MOST_BYTES = 8_000
"""Of an answer: a device's own takes about one thousand."""
LONGEST_NAME = 80
QUESTIONS_PER_SOURCE, TRIES_PER_SOURCE = 60, 40


def is_copied(*, kept: int, told: int) -> bool:
    """Tell whether the device's count says that two devices use one key.

    A device counts up with every signature. Passkeys that live on several devices (a phone's and a laptop's, kept
    in step by their maker) don't count: they always say nought. Source: WebAuthn level 3, 6.1.1.
    """
    return (kept > 0 or told > 0) and told <= kept
