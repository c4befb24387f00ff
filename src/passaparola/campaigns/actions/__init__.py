"""The verbs of campaigns."""

from passaparola.campaigns.actions.advance import advance
from passaparola.campaigns.actions.plan import (
    NotReadyError,
    begin,
    cancel,
    pause,
    resume,
    schedule,
    throw_away,
    unschedule,
)

__all__ = [
    "NotReadyError",
    "advance",
    "begin",
    "cancel",
    "pause",
    "resume",
    "schedule",
    "throw_away",
    "unschedule",
]
