"""Whether the shop's good name with mail providers is in danger, so that sending has to stop by itself."""

from dataclasses import dataclass
from datetime import timedelta

LOOKS_BACK = timedelta(days=7)
COMPLAINTS, COMPLAINTS_AT_LEAST = 0.003, 3
"""Gmail and Yahoo ask senders to stay under 0.1 % and never to reach 0.3 % (Google, “Email sender guidelines”,
2024); from there on also the mails that people wait for land among spam. A few at least: of a hundred mails
one complaint is already 1 %, and is an accident."""
BOUNCES, BOUNCES_AT_LEAST = 0.05, 20
"""One address in twenty that does not exist looks like a bought list, to providers as to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What was sent in the last days, and what came back of it."""

    sent: int
    complaints: int = 0
    bounces: int = 0


def danger(standing: Standing) -> str:
    """Return why to stop: `complaints` or `bounces`; empty where all is well."""
    if _is_over(standing.complaints, standing.sent, COMPLAINTS, COMPLAINTS_AT_LEAST):
        return "complaints"
    return "bounces" if _is_over(standing.bounces, standing.sent, BOUNCES, BOUNCES_AT_LEAST) else ""


def _is_over(count: int, sent: int, share: float, least: int) -> bool:
    return count >= least and count >= share * sent
