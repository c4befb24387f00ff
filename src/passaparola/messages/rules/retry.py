"""When to try again, and what the other side's refusal means."""

import re
from datetime import datetime, timedelta

_STEPS = (1, 5, 15, 30, 60, 120, 240)
"""Minutes. Greylisting is over after a few; a full mailbox takes hours."""


def retry_at(attempts: int, now: datetime) -> datetime:
    """Return when to try again after so many failed attempts (1 or more)."""
    return now + timedelta(minutes=_STEPS[min(max(attempts, 1), len(_STEPS)) - 1])


def pause_after(failures: int) -> timedelta:
    """Return how long a worker leaves a server alone that did not answer so many times in a row."""
    return timedelta(seconds=min(60, 2 ** min(failures, 6)))


_ENHANCED = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")
_NOBODY = re.compile(
    r"no such (user|mailbox|recipient|address)|user (unknown|not found|doesn'?t exist)"
    r"|unknown (user|recipient)"
    r"|(mailbox|address|recipient|account|user) (is |was )?(unavailable|not found|disabled|inactive|rejected)"
    r"|does not exist|doesn't exist|invalid (mailbox|recipient)",
    re.IGNORECASE,
)


def is_hard_bounce(code: int, words: str) -> bool:
    """Tell whether a permanent refusal (5xx) says that the address itself is no good.

    Full mailboxes (5.2.2) and policy or spam refusals (5.7.x) are permanent for this mail only.
    """
    enhanced = _ENHANCED.search(words)
    if enhanced:
        subject, detail = int(enhanced[1]), int(enhanced[2])
        return subject == 1 or (subject, detail) == (2, 1)
    return code in {550, 551, 553} and (code != 550 or bool(_NOBODY.search(words)) or not words.strip())  # noqa: PLR2004 - SMTP's own numbers
