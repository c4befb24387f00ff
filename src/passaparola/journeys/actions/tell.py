"""The outbox of webhooks: signed after Standard Webhooks, tried again until the other side has heard."""

import base64
import hmac
import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from standardwebhooks import Webhook

from passaparola.journeys.actions.perform import WEBHOOKS_DOORBELL
from passaparola.journeys.models import WebhookCall
from passaparola.journeys.models.call import WAITING_CALL
from passaparola.kernel import loops
from passaparola.kernel.http.client import Client, Request, outgoing
from passaparola.kernel.http.errors import RequestError
from passaparola.stores.models import Store

BATCH = 20
TRIES = (1, 5, 30, 120, 360, 720)
"""Minutes until each next try; after the last one it is given up."""
LEASE = timedelta(minutes=5)
GOOD = range(200, 300)


def secret_of(store: Store | int) -> str:
    """Return the secret that the other side checks our signature with: `whsec_…`, one a shop."""
    pk = store if isinstance(store, int) else store.pk
    raw = hmac.digest(settings.SECRET_KEY.encode(), f"passaparola webhooks {pk}".encode(), sha256)
    return f"whsec_{base64.b64encode(raw[:24]).decode()}"


def tell_due(now: datetime, *, client: Client | None = None) -> int:
    """Tell a batch of what waits; return how many were tried. What was claimed and not told is tried again."""
    with transaction.atomic():
        due = WebhookCall.objects.select_for_update(skip_locked=True, no_key=True).filter(
            WAITING_CALL, due_at__lte=now
        )
        calls = list(due.order_by("due_at", "id")[:BATCH])
        # Others leave it alone while we talk; a worker that dies leaves it to them a little later.
        WebhookCall.objects.filter(pk__in=[call.pk for call in calls]).update(due_at=now + LEASE)
    asked = client or outgoing()
    for call in calls:
        _tell(call, asked, now)
    return len(calls)


def _tell(call: WebhookCall, client: Client, now: datetime) -> None:
    body = json.dumps(call.body, ensure_ascii=False).encode()
    name = f"msg_{call.pk}"
    signature = Webhook(secret_of(call.store_id)).sign(name, now, body.decode())
    headers = {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }
    try:
        answer = client.send(Request(method="POST", url=call.url, headers=headers, body=body))
    except RequestError as error:
        _again(call, str(error), now)
        return
    if answer.status in GOOD:
        _keep(call, sent_at=now, words="")
    else:
        _again(call, f"HTTP {answer.status}", now, answer.retry_after(now))


def _again(call: WebhookCall, words: str, now: datetime, pause: timedelta | None = None) -> None:
    attempts = call.attempts + 1
    if attempts > len(TRIES):
        then = {"failed_at": now}
    else:
        then = {"due_at": now + max(timedelta(minutes=TRIES[attempts - 1]), pause or timedelta())}
    _keep(call, attempts=attempts, words=words[:300], **then)


def _keep(call: WebhookCall, **values: Any) -> None:
    """Write what came of it. Whoever left the journey while we talked took the call back: then nothing is kept."""
    WebhookCall.objects.filter(pk=call.pk).update(**values)


def again_from_start(calls: QuerySet[WebhookCall], *, now: datetime) -> int:
    """Try given-up ones once more; return how many there were."""
    count = calls.update(failed_at=None, attempts=0, due_at=now)
    if count:
        loops.ring(WEBHOOKS_DOORBELL)
    return count
