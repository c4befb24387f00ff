"""Somebody has proved that an address is theirs: guests' orders and accounts with it become one person."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from passaparola.customers import rules
from passaparola.customers.actions.merge import join
from passaparola.customers.models import Contact, Customer, Identity
from passaparola.kernel.database import bulk


@transaction.atomic
def prove_email(store: int, email: str, *, now: datetime) -> int | None:
    """Keep the proof and return the customer row that the address names; None where nobody here has used it.

    Accounts that were only ever seen with this address join it (`rules.may_join`); others stay by themselves.
    """
    own = _only_known_by(store, email)
    known = Identity.objects.select_for_update().filter(store=store, key=rules.email_key(email)).first()
    if known is None or known.customer_id is None:
        home = min(own, default=None) or _somebody(store, email)
        if home is None:
            return None
        known = _named(store, email, home)
    Identity.objects.filter(pk=known.pk, verified_at=None).update(verified_at=now)
    home = known.customer_id
    if home is not None:
        pairs = {(store, min(home, other), max(home, other)) for other in own if other != home}
        join(pairs, reason="proved_address", now=now)
    return home


def _only_known_by(store: int, email: str) -> set[int]:
    """Return the rows that were seen with this address and with no other."""
    with_it = Contact.objects.filter(
        kind="email", value=email, customer__store=store, customer__erased_at=None
    )
    seen: dict[int, set[str]] = defaultdict(set)
    rows = Contact.objects.filter(kind="email", customer__in=with_it.values("customer"))
    for customer, value in rows.values_list("customer", "value"):
        seen[customer].add(value)
    return {customer for customer, values in seen.items() if rules.may_join(values, email)}


def _somebody(store: int, email: str) -> int | None:
    """Make a row for an address that only accounts with several addresses have used; None where none has."""
    used = Contact.objects.filter(kind="email", value=email, customer__store=store, customer__erased_at=None)
    if not used.exists():
        return None
    made = Customer.objects.create(store_id=store, email=email)
    Contact.objects.create(customer=made, kind="email", value=email)
    return made.pk


def _named(store: int, email: str, home: int) -> Identity:
    """Let the address name this row, unless somebody else has just said whom it names."""
    row = {"store_id": store, "key": rules.email_key(email), "customer_id": home}
    bulk.upsert(
        Identity, [row], key=["store_id", "key"], update=["customer_id"], where="old.customer_id IS NULL"
    )
    return Identity.objects.select_for_update().get(store=store, key=rules.email_key(email))
