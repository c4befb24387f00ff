"""Text messages over Twilio: `POST /2010-04-01/Accounts/{AccountSid}/Messages.json` (“Messages resource”).

The sender is a number, an alphanumeric name, or a Messaging Service (`MG…`). What becomes of a message is posted
to the `StatusCallback` that each one carries; what people answer comes to the address that the shop has entered at
Twilio as “A message comes in”. Status callbacks name no price, so what a message costs is reckoned by the shop's
price list and the number of its parts.
"""

from base64 import b64encode
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import parse_qs, quote, urlencode

from passaparola.inbound.reading import text, whole
from passaparola.inbound.source import Posted, UnreadableError
from passaparola.kernel.http.client import Answer, Request
from passaparola.messages.channel import Account, Letter, Outcome, Packed, Result, UnsendableError
from passaparola.messages.channels.sms import codes, signature
from passaparola.messages.channels.sms.segments import plain, segments
from passaparola.messages.connected import (
    ConnectedChannel,
    Progress,
    Step,
    Told,
    Words,
    clipped,
    link_of,
    told_by,
    usual,
)
from passaparola.messages.rules.address import phone_number

API = "https://api.twilio.com/2010-04-01/Accounts/"
LONGEST = 1_600
"""Letters: Twilio refuses more (21617)."""
STEPS = {
    "sent": Step.SENT,
    "delivered": Step.DELIVERED,
    "read": Step.READ,
    "undelivered": Step.FAILED,
    "failed": Step.FAILED,
}
"""`queued`, `accepted`, `scheduled`, `sending` say nothing that we don't know."""
_WAY_OUT = {"it": "Rispondi STOP per non riceverne più.", "en": "Reply STOP to end."}


class SmsChannel(ConnectedChannel):
    """Text messages."""

    name: ClassVar[str] = "SMS (Twilio)"
    is_noisy: ClassVar[bool] = True
    takes_phones: ClassVar[bool] = True
    settings: ClassVar[tuple[str, ...]] = ("account", "sender")
    required_headers: ClassVar[tuple[str, ...]] = (signature.HEADER,)
    max_bytes: ClassVar[int] = 64 * 1024
    thanks: ClassVar[HTTPStatus] = HTTPStatus.NO_CONTENT
    """Any text we answered would go back to the customer as an SMS, and an empty page is an error in Twilio's log."""

    def pack(self, letter: Letter) -> Packed:
        number = phone_number(letter.to_address)
        if not number:
            raise UnsendableError(f"“{letter.to_address}” is no phone number with its country's code")
        words = _words(letter)
        account = letter.account
        sender = account.given.get("sender", "") if account else ""
        fields = {"To": number, "Body": words}
        fields["MessagingServiceSid" if sender.startswith("MG") else "From"] = sender
        if account and account.hook_url.startswith("https://"):
            fields["StatusCallback"] = account.hook_url
        return Packed(
            pk=letter.pk,
            sender=sender,
            recipient=number,
            payload=urlencode(fields).encode(),
            subject=words[:300],
            message_id=f"sms-{letter.pk}",
            template_version=letter.template.version,
            account=account,
        )

    def request(self, packed: Packed, account: Account) -> Request:
        sid = account.given.get("account", "")
        keys = b64encode(f"{sid}:{account.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {keys}", "Content-Type": "application/x-www-form-urlencoded"}
        url = f"{API}{quote(sid, safe='')}/Messages.json"
        return Request(method="POST", url=url, headers=headers, body=packed.payload)

    def parts(self, packed: Packed) -> int:
        return segments(_body_of(packed))

    def outcome(self, packed: Packed, answer: Answer) -> Outcome:
        told = told_by(answer)
        if answer.status in {200, 201} and text(told.get("sid")):
            parts = whole(told.get("num_segments")) or self.parts(packed)
            return Outcome(
                pk=packed.pk, result=Result.SENT, provider_id=text(told["sid"], 100), units=min(parts, 100)
            )
        code, words = whole(told.get("code")), clipped(text(told.get("message")))
        said = f"{code} {words}".strip() if code else words
        told_by_code = codes.meaning(code)
        if told_by_code is not None:
            return Outcome(pk=packed.pk, words=said, **told_by_code)
        return usual(self, packed, answer, said if code else "")

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        return signature.is_valid(posted.url, posted.body, posted.headers.get(signature.HEADER, ""), secret)

    def topic(self, posted: Posted) -> str:
        fields = _fields(posted)
        return fields.get("MessageStatus") or ("message" if "Body" in fields else "")

    def new_secret(self) -> str | None:
        return None  # Twilio's auth token: it signs with it, and we ask with it

    def read(self, posted: Posted) -> tuple[Told, ...]:
        fields = _fields(posted)
        name = fields.get("MessageSid") or fields.get("SmsSid") or ""
        status = fields.get("MessageStatus") or fields.get("SmsStatus") or ""
        if not name:
            raise UnreadableError("Twilio's message names no MessageSid.")
        if "Body" in fields and status in {"", "received"}:
            return (self._words(posted, fields, name),)
        step = STEPS.get(status)
        if step is None:
            return ()
        code = whole(fields.get("ErrorCode"))
        words = clipped(f"{code} {fields.get('ErrorMessage', '')}") if code else ""
        is_dead = step is Step.FAILED and code in codes.DEAD
        return (
            Progress(
                provider_id=name[:100], step=step, at=posted.received_at, words=words, is_dead_address=is_dead
            ),
        )

    def _words(self, posted: Posted, fields: dict[str, str], name: str) -> Words:
        opted = fields.get("OptOutType", "")  # where Twilio's “Advanced Opt-Out” has answered already
        return Words(
            provider_id=name[:100],
            address=phone_number(fields.get("From", "")) or fields.get("From", "")[:100],
            words=text(fields["Body"], LONGEST),
            at=posted.received_at,
            is_stop=opted == "STOP",
            is_start=opted == "START",
        )


def _words(letter: Letter) -> str:
    """Return the shop's name, the news, the link; and the way out of what we want rather than owe."""
    way_out = _WAY_OUT.get(letter.template.language, _WAY_OUT["en"])
    news = letter.template.short(letter.data)
    parts = [f"{letter.sender.name}: {news}", link_of(letter, news)]
    if letter.purpose not in {"transactional", "service"}:
        parts.append(way_out)
    words = plain(" ".join(part for part in parts if part))
    if len(words) > LONGEST:
        raise UnsendableError(f"{len(words)} letters are too many for a text message")
    return words


def _body_of(packed: Packed) -> str:
    return parse_qs(packed.payload.decode())["Body"][0]


def _fields(posted: Posted) -> dict[str, str]:
    try:
        told = parse_qs(posted.body.decode(), keep_blank_values=True, max_num_fields=signature.MOST_FIELDS)
    except ValueError:
        raise UnreadableError("Twilio's message is no form.") from None
    return {name: values[0].replace("\0", "") for name, values in told.items()}
