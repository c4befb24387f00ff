"""Mails that came back: reports of delivery (RFC 3464) and of complaints (ARF, RFC 5965), read from raw bytes.

Pure: bytes in, what they say out. Nothing here decides whether it is believed; see `actions.hear_returned`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum
from itertools import islice

from passaparola.messages.rules.address import mail_address
from passaparola.messages.rules.retry import is_hard_bounce

LARGEST = 2 * 1024 * 1024
"""Bytes of one report that are looked at; what matters stands in its first parts."""
MOST_PARTS = 50
_MESSAGE_ID = re.compile(r"<([^<>\s]{3,200})>")
_ADDRESS = re.compile(r"[^\s<>;,\"']+@[^\s<>;,\"']+")


class What(StrEnum):
    GONE = "gone"
    """The address does not exist."""
    NOT_TAKEN = "not_taken"
    """This mail was refused for good; another one may be taken."""
    LATER = "later"
    """Still trying."""
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a report says of one of our mails."""

    what: What
    address: str
    """In lower case."""
    message_id: str
    """Of the mail it is about, without the brackets; empty where the report does not hold it."""
    words: str = ""


def read_returned(raw: bytes) -> list[Returned]:
    """Return what a mail reports of mails of ours; nothing where it is no report at all."""
    parts = list(_parts(message_from_bytes(raw[:LARGEST])))
    original = next((part for part in parts if _is_original(part)), None)
    headers = _headers_of(original) if original is not None else None
    message_id = _id_of(headers) if headers is not None else ""
    found: list[Returned] = []
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            found += _delivery(part, message_id)
        elif part.get_content_type() == "message/feedback-report":
            found += _complaint(part, message_id, headers)
    return found


def _parts(mail: Message) -> Iterator[Message]:
    """Yield the parts of the report itself: not those of the mail that it encloses."""
    if not mail.is_multipart() or mail.get_content_type() != "multipart/report":
        return
    for part in islice(mail.get_payload(), MOST_PARTS):
        if isinstance(part, Message):
            yield part


def _is_original(part: Message) -> bool:
    return part.get_content_type() in {"message/rfc822", "text/rfc822-headers", "message/global-headers"}


def _headers_of(part: Message) -> Message:
    """Return the enclosed mail, or its headers where only these were sent back."""
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return payload[0]
    return message_from_bytes(str(payload).lstrip().encode(errors="replace"))


def _id_of(headers: Message) -> str:
    found = _MESSAGE_ID.search(str(headers.get("Message-ID", "")))
    return found[1] if found else ""


def _delivery(part: Message, message_id: str) -> Iterator[Returned]:
    """Yield one of each block about a recipient; the first block is about the report itself."""
    for block in _blocks(part):
        address = _address(block, "Original-Recipient", "Final-Recipient")
        action = str(block.get("Action", "")).strip().lower()
        if not address or action not in {"failed", "delayed"}:
            continue
        words = _words(block)
        yield Returned(what=_what(action, words), address=address, message_id=message_id, words=words)


def _what(action: str, words: str) -> What:
    if action == "delayed":
        return What.LATER
    code = re.search(r"\b5\d\d\b", words)
    return What.GONE if is_hard_bounce(int(code[0]) if code else 0, words) else What.NOT_TAKEN


def _complaint(part: Message, message_id: str, original: Message | None) -> Iterator[Returned]:
    """Only abuse and the like: a `not-spam` report takes one back, and other types are about the mail itself."""
    for block in _blocks(part):
        kind = str(block.get("Feedback-Type", "")).strip().lower()
        if kind not in {"abuse", "fraud", "opt-out", "opt-out-list"}:
            continue
        address = _address(block, "Original-Rcpt-To", "Removal-Recipient")
        if not address and original is not None:
            address = _address(original, "To")
        if address or message_id:  # many providers leave the address out, and the mail's name finds it
            yield Returned(what=What.COMPLAINT, address=address, message_id=message_id, words=kind)


def _blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        return [block for block in payload if isinstance(block, Message)]
    return [message_from_bytes(block.encode(errors="replace")) for block in str(payload).split("\n\n")]


def _address(block: Message, *names: str) -> str:
    for name in names:
        told = str(block.get(name, ""))
        found = _ADDRESS.search(told.partition(";")[2] or told)
        if found and mail_address(found[0]):
            return mail_address(found[0]).lower()
    return ""


def _words(block: Message) -> str:
    status = str(block.get("Status", "")).strip()
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2]
    return " ".join(f"{'' if status and status in said else status} {said}".split())[:300]
