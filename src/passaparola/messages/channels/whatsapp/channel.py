"""WhatsApp over the Cloud API: `POST /<version>/<phone number id>/messages` (“Cloud API, Messages”).

For 24 hours after a customer wrote, anything may be written to them; outside, only templates that Meta has
approved. Ours has two holes: the news in a line or two, and the link. Statuses and what customers write come as
webhooks signed with `X-Hub-Signature-256` (“Webhooks, Validating payloads”), after a GET that asks whether the
address is ours. Statuses tell the category a message is charged as, never its price: that is in the price list.

Whoever has a username hides the number: Meta then names them by an id that holds for this business alone
(“Business-scoped user IDs”), and messages go to that as `recipient`. The line by which a chat is begun names the
order: so we know who it is without a number, too.
"""

import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from passaparola.inbound.reading import identity, many, one, parsed_object, text, whole, yes
from passaparola.inbound.source import Posted, UnreadableError
from passaparola.kernel.http.client import Answer, Request
from passaparola.messages.channel import (
    Account,
    Letter,
    Outcome,
    Packed,
    Result,
    UnsendableError,
    is_window_open,
)
from passaparola.messages.channels.whatsapp import codes
from passaparola.messages.connected import (
    ConnectedChannel,
    Progress,
    Step,
    Told,
    Words,
    clipped,
    link_of,
    news_of,
    told_by,
    usual,
)
from passaparola.messages.rules.address import phone_number
from passaparola.messages.rules.values import WANTED, Purpose

API = "https://graph.facebook.com/v23.0/"
LONGEST = 4_096
HEADER = "x-hub-signature-256"
STEPS = {"sent": Step.SENT, "delivered": Step.DELIVERED, "read": Step.READ, "failed": Step.FAILED}
OFFERS = "offers_template"
_USER = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
_START = re.compile(r"start\s+([A-Za-z0-9_-]{16,64})", re.IGNORECASE)
LOCALES = {"it": "it", "en": "en"}


class WhatsAppChannel(ConnectedChannel):
    """WhatsApp."""

    name: ClassVar[str] = "WhatsApp (Cloud API)"
    invitation = _(
        "WhatsApp opens with a line already written: send it as it is. From then on we write to you there."
    )
    is_noisy: ClassVar[bool] = True
    takes_phones: ClassVar[bool] = True
    per_ten_seconds: ClassVar[int] = 400
    """Meta lets a number send 80 a second; half of it leaves room for what people answer by hand."""
    settings: ClassVar[tuple[str, ...]] = ("phone_number_id", "token", "number", "template", OFFERS)
    optional: ClassVar[tuple[str, ...]] = ("number", "template", OFFERS)
    required_headers: ClassVar[tuple[str, ...]] = (HEADER,)

    def may_open(self, account: Account, *, is_window_open: bool, is_owed: bool = True) -> bool:
        return is_window_open or bool(account.given.get("template" if is_owed else OFFERS))

    def category(self, purpose: Purpose) -> str:
        return "marketing" if purpose in WANTED else "utility"

    def beginning(self, account: Account, start: str) -> str:
        number = phone_number(account.given.get("number", ""))
        return f"https://wa.me/{number.removeprefix('+')}?text=Start%20{start}" if number else ""

    def pack(self, letter: Letter) -> Packed:
        to = _recipient(letter.to_address)
        news = news_of(letter)
        body: dict[str, Any] = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            **to,
            "biz_opaque_callback_data": f"message-{letter.pk}",
        }
        if is_window_open(letter.reached.heard_at, letter.at):
            words = " ".join(part for part in (news, link_of(letter, news)) if part)[:LONGEST]
            body |= {"type": "text", "text": {"body": words, "preview_url": False}}
        else:
            body |= {"type": "template", "template": _template(letter, news, link_of(letter))}
        account = letter.account
        return Packed(
            pk=letter.pk,
            sender=account.given.get("phone_number_id", "") if account else "",
            recipient=to.get("recipient") or f"+{to['to']}",
            payload=json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
            subject=news[:300],
            message_id=f"whatsapp-{letter.pk}",
            template_version=letter.template.version,
            account=account,
        )

    def request(self, packed: Packed, account: Account) -> Request:
        headers = {
            "Authorization": f"Bearer {account.given.get('token', '')}",
            "Content-Type": "application/json",
        }
        number = identity(account.given.get("phone_number_id"))
        url = f"{API}{number if number.isalnum() else 'unknown'}/messages"
        return Request(method="POST", url=url, headers=headers, body=packed.payload)

    def outcome(self, packed: Packed, answer: Answer) -> Outcome:
        told = told_by(answer)
        names = [text(message.get("id"), 100) for message in many(told.get("messages"))]
        if answer.status == 200 and names and names[0]:  # noqa: PLR2004 - HTTP's own number
            return Outcome(pk=packed.pk, result=Result.SENT, provider_id=names[0], units=1)
        error = one(told.get("error"))
        if "code" not in error:
            return usual(self, packed, answer)
        code = whole(error.get("code"), -1)
        detail = text(one(error.get("error_data")).get("details")) or text(error.get("message"))
        said = clipped(f"{code} {detail}")
        told_by_code = codes.meaning(code)
        if told_by_code is not None:
            return Outcome(pk=packed.pk, words=said, **told_by_code)
        return usual(self, packed, answer, said)

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        given = posted.headers.get(HEADER, "").encode(errors="replace")
        fits = "sha256=" + hmac.new(secret.encode(), posted.body, sha256).hexdigest()
        return bool(secret) and hmac.compare_digest(given, fits.encode())

    def greeting(self, asked: Mapping[str, str], token: str) -> str | None:
        """Meta sends a challenge and the verify token that was typed there: the last part of our address."""
        challenge = asked.get("hub.challenge", "")
        given = asked.get("hub.verify_token", "").encode(errors="replace")
        is_ours = asked.get("hub.mode") == "subscribe" and hmac.compare_digest(given, token.encode())
        return challenge if is_ours and challenge.isalnum() and challenge.isascii() else None

    def new_secret(self) -> str | None:
        return None  # the app secret, which Meta makes

    def topic(self, posted: Posted) -> str:
        return "statuses" if b'"statuses"' in posted.body else "messages"

    def read(self, posted: Posted) -> tuple[Told, ...]:
        told = parsed_object(posted.body)
        if told.get("object") != "whatsapp_business_account":
            raise UnreadableError("This is no message of a WhatsApp business account.")
        found: list[Told] = []
        for entry in many(told.get("entry")):
            for change in many(entry.get("changes")):
                value = one(change.get("value"))
                found += [p for status in many(value.get("statuses")) if (p := _progress(status, posted))]
                found += [w for said in many(value.get("messages")) if (w := _words(said, posted))]
        return tuple(found)


def _recipient(address: str) -> dict[str, str]:
    """Return how the request names them: by the number, or by Meta's own id where that is all we know."""
    if _USER.fullmatch(address):
        return {"recipient": address}
    number = phone_number(address)
    if not number:
        raise UnsendableError(f"“{address}” is no phone number with its country's code")
    return {"to": number.removeprefix("+")}


def _template(letter: Letter, news: str, link: str) -> dict[str, Any]:
    """Return the approved template to send; one for what belongs to an order, another for what we want."""
    is_owed = letter.purpose not in WANTED
    given = letter.account.given if letter.account else {"template": "order_news", OFFERS: "shop_news"}
    name = given.get("template" if is_owed else OFFERS, "")
    if not name:
        raise UnsendableError(
            "More than a day has passed since this person wrote on WhatsApp, and no approved template is set"
        )
    words = [{"type": "text", "text": part} for part in (clipped_for_hole(news), link or letter.sender.name)]
    language = LOCALES.get(letter.template.language, "en")
    return {
        "name": name,
        "language": {"code": language},
        "components": [{"type": "body", "parameters": words}],
    }


def clipped_for_hole(words: str) -> str:
    """Return what fits into a hole of a template: no line breaks, no run of blanks, at most 1,024 letters."""
    return " ".join(words.split())[:900]


def _progress(status: Mapping[str, Any], posted: Posted) -> Progress | None:
    name, step = text(status.get("id"), 100), STEPS.get(text(status.get("status")))
    if not name or step is None:
        return None
    pricing = one(status.get("pricing"))
    error = next(iter(many(status.get("errors"))), {})
    code = whole(error.get("code"))
    detail = text(one(error.get("error_data")).get("details")) or text(error.get("title"))
    return Progress(
        provider_id=name,
        step=step,
        at=_time(status.get("timestamp"), posted),
        words=clipped(f"{code} {detail}") if step is Step.FAILED else "",
        is_dead_address=step is Step.FAILED and code in codes.DEAD,
        category=text(pricing.get("category"), 30),
        # Some day it will only say which kind of free it was: Meta has announced the end of `billable`.
        is_free=text(pricing.get("type")).startswith("free_")
        or ("billable" in pricing and not yes(pricing.get("billable"))),
    )


def _words(said: Mapping[str, Any], posted: Posted) -> Words | None:
    """Return what a customer wrote. A reaction or a notice of the system is nothing said."""
    name, kind = text(said.get("id"), 100), text(said.get("type"), 20)
    number, user = phone_number(f"+{text(said.get('from'), 20)}"), text(said.get("from_user_id"), 140)
    address = number or (user if _USER.fullmatch(user) else "")
    if not name or not address or kind in {"system", "reaction"}:
        return None
    words = _said_in(said, kind)
    started = _START.fullmatch(words.strip())
    return Words(
        provider_id=name,
        address=address,
        words=words,
        at=_time(said.get("timestamp"), posted),
        start=started[1] if started else "",
        is_start=bool(started),
    )


def _said_in(said: Mapping[str, Any], kind: str) -> str:
    """Return the words: of a text, a button, a list, or below a picture; else what was sent, in brackets."""
    part = one(said.get(kind))
    reply = one(part.get(text(part.get("type"), 40)))
    for words in (part.get("body"), part.get("text"), reply.get("title"), part.get("caption")):
        if text(words, LONGEST):
            return text(words, LONGEST)
    return f"[{kind or 'unknown'}]"


def _time(value: Any, posted: Posted) -> datetime:
    """Return a time given in seconds since 1970; what lies ahead of us or makes no sense is now."""
    seconds = whole(text(value, 20))
    if seconds <= 0:
        return posted.received_at
    return min(datetime.fromtimestamp(seconds, UTC), posted.received_at)
