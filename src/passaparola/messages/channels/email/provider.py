"""A mail provider instead of a mail server: any of those that anymail speaks with."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives, get_connection
from requests import ConnectionError as NobodyThereError
from requests.exceptions import ConnectTimeout
from urllib3.exceptions import NewConnectionError

from passaparola.messages.channel import Outcome, Packed, Result
from passaparola.messages.channels.email.connection import DownError

_KEPT = (
    "Message-ID",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)


class ProviderLine:
    """One line to the provider: a session that stays open. Does what `connection.Line` does for a server."""

    def __init__(self) -> None:
        self._backend: Any = None

    def close(self) -> None:
        if self._backend is not None:
            self._backend.close()
        self._backend = None

    def send(self, letter: Packed) -> Outcome:
        """Hand one letter over. DownError where nobody took the call, else an outcome."""
        if self._backend is None:
            self._backend = get_connection()  # as MAIL_URL says
            self._backend.open()
        mail = as_django(letter)
        mail.connection = self._backend
        try:
            mail.send()
        except AnymailRecipientsRefused as error:
            return _refused(letter, error)
        except AnymailError as error:
            return _failed(letter, error)
        return Outcome(pk=letter.pk, result=Result.SENT)


def as_django(letter: Packed) -> EmailMultiAlternatives:
    """Unpack the letter: providers want parts and headers by name."""
    parsed = message_from_bytes(letter.payload, _class=EmailMessage, policy=policy.SMTP)
    text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=_unix(text),
        from_email=str(parsed["From"]),
        to=[letter.recipient],
        headers={name: str(parsed[name]) for name in _KEPT if parsed[name]},
    )
    mail.attach_alternative(_unix(html), "text/html")
    mail.metadata = {"message": str(letter.pk)}  # type: ignore[attr-defined]  # anymail's; comes back with every event
    return mail


def _unix(part: Any) -> str:
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


def _refused(letter: Packed, error: AnymailRecipientsRefused) -> Outcome:
    status = getattr(getattr(error, "email_message", None), "anymail_status", None)
    said = set(getattr(status, "status", None) or ())
    return Outcome(
        pk=letter.pk, result=Result.REFUSED, words=_words(error), is_dead_address="invalid" in said
    )


def _failed(letter: Packed, error: AnymailError) -> Outcome:
    """Say what a failed call means: a wrong key or a busy provider are no fault of this letter."""
    if isinstance(error, ConnectTimeout) or _never_connected(error):
        raise DownError(_words(error)) from error
    is_open = isinstance(error, AnymailAPIError) and error.status_code is None
    return Outcome(pk=letter.pk, result=Result.UNKNOWN if is_open else Result.LATER, words=_words(error))


def _never_connected(error: AnymailError) -> bool:
    """Tell whether the call surely never reached the provider: a line that broke later may have."""
    cause = error.__cause__
    first = cause.args[0] if isinstance(cause, NobodyThereError) and cause.args else None
    return isinstance(getattr(first, "reason", None), NewConnectionError)


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
