"""Sessions: opened by a proof, ended by whoever has them, all at once if they wish."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from passaparola.account.events import CustomerSignedIn
from passaparola.account.models import AccountCode, AccountSession
from passaparola.account.people import named_by_phone
from passaparola.account.rules.ways_in import SESSION_LASTS
from passaparola.customers.actions import prove_email
from passaparola.kernel.events import emit


@transaction.atomic
def sign_in(code: AccountCode, *, browser: str, now: datetime) -> str | None:
    """Open a session for whoever has given back a code, and return its token; None if nobody is there any more."""
    is_email = "@" in code.sent_to
    customer = prove_email(code.store_id, code.sent_to, now=now) if is_email else _of_phone(code)
    if customer is None:
        return None
    kind = "email" if is_email else "phone"
    return open_session(
        code.store_id, customer=customer, kind=kind, address=code.sent_to, browser=browser, now=now
    )


def _of_phone(code: AccountCode) -> int | None:
    return named_by_phone(code.store_id, code.sent_to).values_list("customer_id", flat=True).first()


def open_session(store: int, *, customer: int, kind: str, address: str, browser: str, now: datetime) -> str:
    """Return the token that a browser keeps. The caller's transaction."""
    token = secrets.token_urlsafe(32)
    made = AccountSession.objects.create(
        store_id=store,
        customer_id=customer,
        kind=kind,
        address=address,
        digest=AccountSession.digest_of(token),
        browser=browser[:80],
        made_at=now,
        expires_at=now + SESSION_LASTS,
    )
    told = CustomerSignedIn(
        store_id=store,
        happened_at=now,
        key=f"account:session:{made.pk}",
        customer_id=customer,
        subject_id=made.pk,
    )
    emit([told], now=now)
    return token


def end(session: AccountSession, *, now: datetime) -> None:
    AccountSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now)


def end_everywhere(people: Iterable[int], *, now: datetime) -> int:
    """End every session of these customer rows, and return how many there were."""
    return AccountSession.objects.filter(customer__in=list(people), ended_at=None).update(ended_at=now)
