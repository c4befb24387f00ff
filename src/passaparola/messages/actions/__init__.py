"""The verbs of messages."""

from passaparola.messages.actions.ask import DOORBELL, Wanted, ask
from passaparola.messages.actions.policy import Chosen, keep_policy
from passaparola.messages.actions.preferences import subscribe, unsubscribe
from passaparola.messages.actions.send import send_due
from passaparola.messages.actions.silences import Silence, lift, silence
from passaparola.messages.actions.withdraw import withdraw

__all__ = [
    "DOORBELL",
    "Chosen",
    "Silence",
    "Wanted",
    "ask",
    "keep_policy",
    "lift",
    "send_due",
    "silence",
    "subscribe",
    "unsubscribe",
    "withdraw",
]
