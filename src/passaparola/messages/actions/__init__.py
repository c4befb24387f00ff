"""The verbs of messages."""

from passaparola.messages.actions.ask import DOORBELL, Wanted, ask
from passaparola.messages.actions.preferences import subscribe, unsubscribe
from passaparola.messages.actions.send import send_due
from passaparola.messages.actions.withdraw import withdraw

__all__ = ["DOORBELL", "Wanted", "ask", "send_due", "subscribe", "unsubscribe", "withdraw"]
