"""The bytes of a mail: a skeleton that is the same for all, with the personal parts spliced in."""

from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from hashlib import blake2b

from passaparola.messages.channel import Letter, Packed, UnsendableError
from passaparola.messages.channels.email.headers import named, unstructured
from passaparola.messages.rules.address import mail_address

BOUNDARY = "=_passaparola"
"""Can't stand in quoted-printable, where `=` is followed by a number or the end of the line."""

_SKELETON = (
    "Date: %s\r\n"
    "From: %s\r\n"
    "To: %s\r\n"
    "Subject: %s\r\n"
    "Message-ID: <%s>\r\n"
    "%s"
    "Auto-Submitted: auto-generated\r\n"
    "X-Auto-Response-Suppress: All\r\n"
    "MIME-Version: 1.0\r\n"
    f'Content-Type: multipart/alternative; boundary="{BOUNDARY}"\r\n'
    "\r\n"
)
_PART = (
    f"--{BOUNDARY}\r\nContent-Type: text/%s; charset=utf-8\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
)
_TEXT = (_PART % "plain").encode()
_HTML = b"\r\n" + (_PART % "html").encode()
_END = f"\r\n--{BOUNDARY}--\r\n".encode()


def pack(letter: Letter) -> Packed:
    """Write the mail. UnsendableError where the address can't be one."""
    recipient = mail_address(letter.to_address)
    if not recipient:
        raise UnsendableError(f"“{letter.to_address}” is no e-mail address")
    subject, text, html = letter.template.quoted(letter.data)
    message_id, more = _thread(letter)
    head = _SKELETON % (
        _date(letter.at.replace(microsecond=0)),
        named(letter.sender.name, letter.sender.address),
        recipient,
        unstructured(subject),
        message_id,
        more + _unsubscribe(letter),
    )
    return Packed(
        pk=letter.pk,
        sender=letter.sender.address,
        recipient=recipient,
        payload=b"".join((head.encode("ascii"), _TEXT, text, _HTML, html, _END)),
        subject=subject,
        message_id=message_id,
        template_version=letter.template.version,
    )


def _thread(letter: Letter) -> tuple[str, str]:
    """Return the message id, and the headers that hang the mail under the first one of its order.

    The ids are the same whenever the same message is sent: who gets it twice can be shown it once.
    """
    host = letter.sender.host
    root = f"{letter.thread}.{_digest(letter.thread)}@{host}" if letter.thread else ""
    if letter.opens_thread and root:
        return root, ""
    own = f"{letter.pk}.{_digest(str(letter.pk))}@{host}"
    return own, f"In-Reply-To: <{root}>\r\nReferences: <{root}>\r\n" if root else ""


def _unsubscribe(letter: Letter) -> str:
    """Return what lets mail programs show an unsubscribe button (RFC 8058): for what we want, not what we owe."""
    if not letter.unsubscribe_url or letter.purpose in {"transactional", "service"}:
        return ""
    return (
        f"List-Unsubscribe: <{letter.unsubscribe_url}>\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )


@lru_cache(maxsize=16)
def _date(at: datetime) -> str:
    return format_datetime(at)


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=6, person=b"message id").hexdigest()
