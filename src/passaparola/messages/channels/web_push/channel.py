"""Web push: the browser's own push service takes an encrypted notice and shows it through our service worker.

RFC 8030 (the request: `TTL`, `Urgency`, `Topic`, and what 201, 404, 410, 413 and 429 mean), RFC 8291 (encryption)
and RFC 8292 (who sends). The address of a message is a digest; the endpoint and its keys come as `reached.keys`.
The endpoint is a browser's word: it is asked through the guarded client like every address from outside.
"""

import json
import time
from collections.abc import Mapping
from hashlib import blake2b
from typing import ClassVar
from urllib.parse import urlsplit

from passaparola.inbound.source import Posted, UnreadableError
from passaparola.kernel.http.client import Answer, Request
from passaparola.kernel.http.destination import destination_of
from passaparola.kernel.http.errors import ForbiddenError
from passaparola.messages.channel import Account, Letter, Outcome, Packed, Result, UnsendableError
from passaparola.messages.channels.web_push import keys
from passaparola.messages.connected import ConnectedChannel, Told, clipped, link_of, news_of, usual

TTL = 24 * 3600
"""Seconds the push service keeps it for a browser that is off: news of a parcel is old after a day."""
LONGEST = 3_000
"""Bytes before encryption: RFC 8030 lets services refuse more than 4,096 after it."""
LONGEST_ENDPOINT = 1_000
_HOUR = 3600


class WebPushChannel(ConnectedChannel):
    """Notices in the browser."""

    name: ClassVar[str] = "Web push"
    is_noisy: ClassVar[bool] = True
    is_free: ClassVar[bool] = True
    posts_webhooks: ClassVar[bool] = False
    takes_browsers: ClassVar[bool] = True
    per_ten_seconds: ClassVar[int] = 500

    def pack(self, letter: Letter) -> Packed:
        given = letter.reached.keys
        if letter.account is not None and not given.get("endpoint", "").startswith("https://"):
            raise UnsendableError("This browser has taken back its permission for notices")
        news = news_of(letter)
        notice = {
            "title": letter.sender.name,
            "body": news[:500],
            "url": link_of(letter),
            "tag": letter.thread or f"message-{letter.pk}",
        }
        packed = {"notice": notice, "keys": dict(given), "contact": letter.sender.address}
        account = letter.account
        return Packed(
            pk=letter.pk,
            sender=letter.sender.name,
            recipient=letter.to_address,
            payload=json.dumps(packed, ensure_ascii=False).encode("utf-8", "replace"),
            subject=news[:300],
            message_id=f"web-push-{letter.pk}",
            template_version=letter.template.version,
            account=account,
        )

    def request(self, packed: Packed, account: Account) -> Request:
        told = json.loads(packed.payload)
        browser = told["keys"]
        words = json.dumps(told["notice"], ensure_ascii=False).encode()[:LONGEST]
        where = urlsplit(browser["endpoint"])
        until = (int(time.time()) // _HOUR + 2) * _HOUR
        contact = f"mailto:{told['contact']}"
        headers = {
            "TTL": str(TTL),
            "Urgency": "normal",
            "Topic": blake2b(told["notice"]["tag"].encode(), digest_size=12).hexdigest(),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "Authorization": keys.authorization(
                account.secret, f"{where.scheme}://{where.netloc}", contact, until
            ),
        }
        body = keys.encrypted(words, p256dh=browser["p256dh"], auth=browser["auth"])
        return Request(method="POST", url=browser["endpoint"], headers=headers, body=body)

    def outcome(self, packed: Packed, answer: Answer) -> Outcome:
        if answer.status in {200, 201, 202}:
            name = answer.headers.get("location", "")[:100]
            return Outcome(pk=packed.pk, result=Result.SENT, provider_id=name, units=1)
        words = clipped(answer.body.decode("utf-8", "replace")) or f"{answer.status}"
        if answer.status in {404, 410}:
            return Outcome(pk=packed.pk, result=Result.REFUSED, words=words, is_dead_address=True)
        if answer.status in {400, 401, 403, 413}:
            # Of all browsers this one says no (permission given to another key): the others are still asked.
            return Outcome(pk=packed.pk, result=Result.REFUSED, words=words)
        return usual(self, packed, answer)

    def browser_key(self, account: Account) -> str:
        return keys.public_key(account.secret)

    def browser_address(self, given: Mapping[str, str]) -> str:
        endpoint = given.get("endpoint", "")
        is_good = _is_endpoint(endpoint) and keys.is_browsers(given.get("p256dh", ""), given.get("auth", ""))
        return address_of(endpoint) if is_good else ""

    def new_secret(self) -> str | None:
        return keys.new_private_key()

    def is_authentic(self, posted: Posted, secret: str) -> bool:  # noqa: ARG002 - there is nothing to prove
        return False  # push services never post

    def read(self, posted: Posted) -> tuple[Told, ...]:  # noqa: ARG002 - there is nothing to read
        raise UnreadableError("Push services post nothing.")


def address_of(endpoint: str) -> str:
    """Name a browser by its endpoint, which may be too long and is a secret."""
    return blake2b(endpoint.encode(), digest_size=16, person=b"push address").hexdigest()


def _is_endpoint(endpoint: str) -> bool:
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.startswith("https://"):
        return False
    try:
        destination_of(endpoint)
    except ForbiddenError:
        return False
    return True
