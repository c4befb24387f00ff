"""The verbs of the customer's pages."""

from passaparola.account.actions.changes import ask_change, decide_change, is_open
from passaparola.account.actions.codes import ask_code, send_codes, use_code
from passaparola.account.actions.errors import NotPossibleError, TooManyTriesError
from passaparola.account.actions.forgetting import ask_to_be_forgotten
from passaparola.account.actions.missing import say_found, say_missing, tell_overdue, tell_team
from passaparola.account.actions.passkeys import (
    add_passkey,
    ask_to_add,
    ask_to_sign_in,
    remove_passkey,
    rename_passkey,
    sign_in_with_passkey,
)
from passaparola.account.actions.send_link import send_link
from passaparola.account.actions.sessions import end, end_everywhere, open_session, sign_in
from passaparola.account.actions.sharing import (
    ask_follower,
    confirm_follower,
    end_follower,
    take_links_back,
)

__all__ = [
    "NotPossibleError",
    "TooManyTriesError",
    "add_passkey",
    "ask_change",
    "ask_code",
    "ask_follower",
    "ask_to_add",
    "ask_to_be_forgotten",
    "ask_to_sign_in",
    "confirm_follower",
    "decide_change",
    "end",
    "end_everywhere",
    "end_follower",
    "is_open",
    "open_session",
    "remove_passkey",
    "rename_passkey",
    "say_found",
    "say_missing",
    "send_codes",
    "send_link",
    "sign_in",
    "sign_in_with_passkey",
    "take_links_back",
    "tell_overdue",
    "tell_team",
    "use_code",
]
