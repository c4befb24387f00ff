"""What a rule is asked, and the shape of a rule."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from passaparola.messages.rules.intent import Intent
from passaparola.messages.rules.policy import Policy
from passaparola.messages.rules.values import Decision, History, Situation


class Question(NamedTuple):
    """May this be said now?"""

    intent: Intent
    history: History
    situation: Situation
    policy: Policy
    now: datetime


Rule = Callable[[Question], Decision | None]
"""Decides, or has nothing to say."""
