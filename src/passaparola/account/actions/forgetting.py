"""Asking to be forgotten, from the account: noted, confirmed by mail, and with a link to take it back."""

from datetime import date, datetime, timedelta

from django.db import transaction

from passaparola.account.models import AccountSession
from passaparola.customers import actions as customers
from passaparola.customers.models import Erasure
from passaparola.kernel import signing
from passaparola.messages.actions import Wanted, ask
from passaparola.stores.hosts import base_url

PURPOSE = "erasure"
_LASTS = timedelta(days=5 * 366)
"""The certificate is proof, for both sides, until nobody can ask any more."""


def erasure_path(erasure: Erasure, *, now: datetime) -> str:
    month = date(now.year, now.month, 1)
    token = signing.sign(PURPOSE, erasure.pk, expires=month + _LASTS)
    return f"/s/{erasure.store.slug}/erasure/{token}/"


@transaction.atomic
def ask_to_be_forgotten(session: AccountSession, *, now: datetime) -> Erasure:
    root = session.customer.merged_into or session.customer
    made = customers.ask_erasure(root, now=now)
    wanted = Wanted(
        store_id=session.store_id,
        key=f"erasure:{made.pk}:asked",
        kind="erasure_asked",
        customer_id=root.pk,
        to_address=session.address if session.kind == "email" else "",
        data={
            "url": f"{base_url(made.store.host)}{erasure_path(made, now=now)}",
            "days": str(max((made.due_at - now).days, 1)),
        },
        asked_by="customer",
    )
    ask([wanted], now=now)
    return made
