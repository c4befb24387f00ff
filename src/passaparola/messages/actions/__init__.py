"""The verbs of messages."""

from passaparola.messages.actions.ask import Wanted, ask

__all__ = ["Wanted", "ask"]
