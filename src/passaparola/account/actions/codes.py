"""One-time codes: asked for on a page, sent by a worker, given back on a page.

The page does the same for every address: it writes one row. Whose address it is only the worker looks up, so
neither the answer nor its time tells who buys here.
"""

import hmac
import secrets
from datetime import datetime
from hashlib import blake2b

from django.conf import settings
from django.db import transaction
from django.db.models import F

from passaparola.account.actions.errors import TooManyTriesError
from passaparola.account.models import AccountCode
from passaparola.account.people import Reached, whose
from passaparola.account.rules import ways_in as rules
from passaparola.customers.rules import normal_phone
from passaparola.kernel import loops
from passaparola.kernel.limits import may_try
from passaparola.kernel.secrets import SEALED, seal
from passaparola.messages.actions import Wanted, ask
from passaparola.stores.models import Store

DOORBELL = "codes"
BATCH = 50


def ask_code(store: Store, *, typed: str, language: str, source: str, now: datetime) -> AccountCode:
    """Keep that a code is wanted at this address or number. Raises TooManyTriesError past the limits."""
    kind = rules.kind_of(typed)
    address = typed.strip().lower() if kind == "email" else normal_phone(typed, store.country)
    limits = (
        ("code from", source, rules.CODES_PER_SOURCE, rules.WINDOW),
        ("code to", f"{store.pk}|{address}", rules.CODES_PER_ADDRESS, rules.WINDOW),
        ("codes a day to", f"{store.pk}|{address}", rules.CODES_PER_DAY, rules.WINDOW * 96),
    )
    allowed = [may_try(what, who, most=most, per=per, now=now) for what, who, most, per in limits]
    if not all(allowed):
        raise TooManyTriesError
    made = AccountCode.objects.create(
        store=store,
        kind=kind,
        address=address[:254],
        language=language,
        nonce=secrets.token_urlsafe(16),
        made_at=now,
        expires_at=now + rules.CODE_LASTS,
    )
    loops.ring(DOORBELL)
    return made


def code_of(row: AccountCode) -> str:
    """Return the six digits: nobody can reckon them from the row without the installation's key."""
    key = blake2b(b"sign-in code", key=settings.SECRET_KEY.encode()[:64]).digest()
    made = blake2b(f"{row.pk}|{row.nonce}|{row.address}".encode(), key=key, digest_size=8).digest()
    return rules.spelled(int.from_bytes(made, "big"))


@transaction.atomic
def send_codes(now: datetime) -> int:
    """Send the codes that wait to whoever can be reached there; a loop of the workers."""
    waiting = AccountCode.objects.select_for_update(skip_locked=True).filter(told_at=None).order_by("pk")
    rows = list(waiting.select_related("store")[:BATCH])
    for row in rows:
        found = whose(row.store, row.kind, row.address) if row.expires_at > now else None
        row.told_at, row.sent_to = now, found.address if found else ""
        row.save(update_fields=["told_at", "sent_to"])
        if found:
            _send(row, found, now)
    return len(rows)


def _send(row: AccountCode, found: Reached, now: datetime) -> None:
    wanted = Wanted(
        store_id=row.store_id,
        key=f"account:code:{row.pk}",
        kind="sign_in_code",
        customer_id=found.customer_id,
        to_address=found.address,
        channel=found.channel,
        data={
            SEALED: {"code": seal(code_of(row))},
            "minutes": str(int(rules.CODE_LASTS.total_seconds() / 60)),
        },
        expires_at=row.expires_at,
        asked_by="customer",
    )
    ask([wanted], now=now)


def use_code(row: AccountCode, *, typed: str, source: str, now: datetime) -> bool:
    """Tell whether this is the code, once. Wrong tries count, and after a few the code is spent.

    Raises TooManyTriesError for a source that tries too often.
    """
    if not may_try("code try from", source, most=rules.TRIES_PER_SOURCE, per=rules.WINDOW, now=now):
        raise TooManyTriesError
    usable = AccountCode.objects.filter(pk=row.pk, used_at=None, expires_at__gt=now)
    # One UPDATE counts the try before anything is compared: simultaneous guesses can't share one.
    if not usable.filter(tries__lt=rules.MOST_TRIES).update(tries=F("tries") + 1):
        return False
    if not hmac.compare_digest(rules.digits_of(typed), code_of(row)):
        return False
    return bool(usable.exclude(sent_to="").update(used_at=now))
