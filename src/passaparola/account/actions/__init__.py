"""The verbs of the customer's pages."""

from passaparola.account.actions.codes import ask_code, send_codes, use_code
from passaparola.account.actions.errors import NotPossibleError, TooManyTriesError
from passaparola.account.actions.send_link import send_link
from passaparola.account.actions.sessions import end, end_everywhere, open_session, sign_in

__all__ = [
    "NotPossibleError",
    "TooManyTriesError",
    "ask_code",
    "end",
    "end_everywhere",
    "open_session",
    "send_codes",
    "send_link",
    "sign_in",
    "use_code",
]
