"""Telegram over the Bot API (core.telegram.org/bots/api, as of version 9): `sendMessage`.

A bot can't write first: the customer opens `t.me/<bot>?start=<token>` from the order's page, Telegram sends us
`/start <token>`, and from then on the chat is an address. There are no receipts: sent is all that is ever known.
Webhooks carry the secret that we gave to `setWebhook` in `X-Telegram-Bot-Api-Secret-Token`.
"""

import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from passaparola.inbound.reading import one, parsed_object, text, whole
from passaparola.inbound.source import Posted
from passaparola.kernel.http.client import Answer, Request
from passaparola.messages.channel import Account, Letter, Outcome, Packed, Result, UnsendableError
from passaparola.messages.connected import (
    NOT_LET_IN,
    ConnectedChannel,
    Left,
    Told,
    Words,
    clipped,
    link_of,
    news_of,
    told_by,
    usual,
)

API = "https://api.telegram.org/bot"
HEADER = "x-telegram-bot-api-secret-token"
LONGEST = 4_096
_CHAT = re.compile(r"[1-9][0-9]{0,15}")
"""A person's chat. Groups have a sign in front, and are none of our customers."""
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{10,100}")
_BOT = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_START = re.compile(r"/start(?:@\w+)?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*")
_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")
_GONE = frozenset({"kicked", "left"})


class TelegramChannel(ConnectedChannel):
    """Telegram."""

    name: ClassVar[str] = "Telegram"
    invitation = _(
        "Telegram opens and shows a button that says Start. After that we write to you there, and you can write to us."
    )
    is_noisy: ClassVar[bool] = True
    is_free: ClassVar[bool] = True
    per_ten_seconds: ClassVar[int] = 250
    """Telegram lets a bot send about 30 a second to different people (“Bots FAQ”)."""
    settings: ClassVar[tuple[str, ...]] = ("bot", "token")
    required_headers: ClassVar[tuple[str, ...]] = (HEADER,)
    max_bytes: ClassVar[int] = 256 * 1024

    def pack(self, letter: Letter) -> Packed:
        # A number that only looks like one would write to a stranger: phones are no chats.
        if not _CHAT.fullmatch(letter.to_address):
            raise UnsendableError(f"“{letter.to_address}” is no chat: the customer has to begin it")
        news = news_of(letter)
        words = "\n".join(part for part in (news, link_of(letter, news)) if part)
        body = {
            "chat_id": int(letter.to_address),
            "text": words[:LONGEST],
            "link_preview_options": {"is_disabled": True},
        }
        account = letter.account
        return Packed(
            pk=letter.pk,
            sender=account.given.get("bot", "") if account else "",
            recipient=letter.to_address,
            payload=json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
            subject=news[:300],
            message_id=f"telegram-{letter.pk}",
            template_version=letter.template.version,
            account=account,
        )

    def request(self, packed: Packed, account: Account) -> Request:
        return _request(account, "sendMessage", packed.payload)

    def outcome(self, packed: Packed, answer: Answer) -> Outcome:
        told = told_by(answer)
        number = whole(one(told.get("result")).get("message_id"))
        if answer.status == 200 and told.get("ok") is True and number:  # noqa: PLR2004 - HTTP's own number
            return Outcome(
                pk=packed.pk, result=Result.SENT, provider_id=f"{packed.recipient}:{number}", units=1
            )
        words = clipped(text(told.get("description")))
        if answer.status == 403:  # noqa: PLR2004 - HTTP's own number
            # Here it is the customer who refuses: the bot was blocked, or never begun.
            return Outcome(pk=packed.pk, result=Result.REFUSED, words=words, is_dead_address=True)
        if answer.status == 404:  # noqa: PLR2004 - HTTP's own number
            return Outcome(pk=packed.pk, result=Result.DOWN, words=words, pause=NOT_LET_IN)  # no such bot
        is_nobody = any(sign in words.lower() for sign in _NOBODY)
        if answer.status == 400 and is_nobody:  # noqa: PLR2004 - HTTP's own number
            return Outcome(pk=packed.pk, result=Result.REFUSED, words=words, is_dead_address=True)
        return usual(self, packed, answer, words)

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        given = posted.headers.get(HEADER, "").encode(errors="replace")
        return bool(secret) and hmac.compare_digest(given, secret.encode())

    def beginning(self, account: Account, start: str) -> str:
        bot = account.given.get("bot", "").removeprefix("@")
        return f"https://t.me/{bot}?start={start}" if _BOT.fullmatch(bot) else ""

    def announcement(self, account: Account) -> Request | None:
        told = {
            "url": account.hook_url,
            "secret_token": account.secret,
            "allowed_updates": ["message", "my_chat_member"],
        }
        return _request(account, "setWebhook", json.dumps(told).encode())

    def key(self, posted: Posted) -> str:
        """Telegram numbers what it sends, and sends it again with the same number."""
        found = re.search(rb'"update_id"\s*:\s*(\d{1,20})', posted.body)
        return f"update-{found[1].decode()}" if found else super().key(posted)

    def topic(self, posted: Posted) -> str:
        return "my_chat_member" if b'"my_chat_member"' in posted.body else "message"

    def read(self, posted: Posted) -> tuple[Told, ...]:
        told = parsed_object(posted.body)
        member = one(told.get("my_chat_member"))
        chat = text(one(member.get("chat")).get("id"), 20)
        if one(member.get("new_chat_member")).get("status") in _GONE and _CHAT.fullmatch(chat):
            return (Left(address=chat, at=_time(member.get("date"), posted)),)
        said = _words(one(told.get("message")), posted)
        return (said,) if said else ()


def _request(account: Account, method: str, body: bytes) -> Request:
    token = account.given.get("token", "")
    # It stands in the path: what does not look like one must not lead elsewhere.
    safe = token if _TOKEN.fullmatch(token) else "0:unknown"
    headers = {"Content-Type": "application/json"}
    return Request(method="POST", url=f"{API}{safe}/{method}", headers=headers, body=body)


def _words(message: Mapping[str, Any], posted: Posted) -> Words | None:
    """Return what a person wrote to the bot; nothing for groups and channels."""
    chat, number = one(message.get("chat")), whole(message.get("message_id"))
    address = text(chat.get("id"), 20)
    if not _CHAT.fullmatch(address) or chat.get("type") != "private" or not number:
        return None
    words = text(message.get("text"), LONGEST) or text(message.get("caption"), LONGEST)
    started = _START.fullmatch(words)
    return Words(
        provider_id=f"{address}:{number}",
        address=address,
        words=words or "[…]",
        at=_time(message.get("date"), posted),
        start=(started[1] or "") if started else "",
        is_stop=words.strip().lower() == "/stop",
        is_start=bool(started),
    )


def _time(value: Any, posted: Posted) -> datetime:
    seconds = whole(value)
    return (
        min(datetime.fromtimestamp(seconds, UTC), posted.received_at) if seconds > 0 else posted.received_at
    )
