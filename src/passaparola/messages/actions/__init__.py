"""The verbs of messages."""

from passaparola.messages.actions.ask import DOORBELL, Wanted, ask
from passaparola.messages.actions.hear import record_deliveries
from passaparola.messages.actions.policy import Chosen, keep_policy
from passaparola.messages.actions.preferences import Wishes, choose, subscribe, take_down, unsubscribe
from passaparola.messages.actions.returned import hear_returned
from passaparola.messages.actions.send import send_due
from passaparola.messages.actions.send_connected import send_connected
from passaparola.messages.actions.signing_up import confirm_sign_up, sign_up
from passaparola.messages.actions.silences import Silence, lift, silence
from passaparola.messages.actions.standing import resume_sending, watch_standing
from passaparola.messages.actions.withdraw import withdraw

__all__ = [
    "DOORBELL",
    "Chosen",
    "Silence",
    "Wanted",
    "Wishes",
    "ask",
    "choose",
    "confirm_sign_up",
    "hear_returned",
    "keep_policy",
    "lift",
    "record_deliveries",
    "resume_sending",
    "send_connected",
    "send_due",
    "sign_up",
    "silence",
    "subscribe",
    "take_down",
    "unsubscribe",
    "watch_standing",
    "withdraw",
]
