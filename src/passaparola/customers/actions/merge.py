"""Making one person of several rows, and taking that back. Rows are linked, never moved."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from passaparola.customers import rules
from passaparola.customers.events import CustomersJoined, CustomersParted
from passaparola.customers.models import Customer, Identity, Merge
from passaparola.kernel.database import bulk
from passaparola.kernel.events import emit
from passaparola.stores.models import Member

Pair = tuple[int, int, int]
"""Store, and the ids of two customer rows, the smaller first."""


@transaction.atomic
def merge(customer: Customer, *, other: Customer, by: Member, now: datetime) -> None:
    """Say that two customers of one store are the same person."""
    if customer.store_id != other.store_id:
        raise ValueError("These two customers belong to different shops.")
    one, two = sorted((customer.pk, other.pk))
    Merge.objects.filter(one=one, other=two).delete()
    join({(customer.store_id, one, two)}, reason="team", by=by, now=now)


@transaction.atomic
def part(merge: Merge, *, by: Member, now: datetime) -> None:
    """Take a merge back; it is not made again by itself."""
    merge.undone_at, merge.undone_by = now, by
    merge.save(update_fields=["undone_at", "undone_by"])
    regroup({merge.one_id, merge.other_id})
    emit(
        [
            CustomersParted(
                store_id=merge.store_id,
                happened_at=now,
                key=f"merge:{merge.pk}:undone",
                customer_id=merge.one_id,
                subject_id=merge.pk,
            )
        ],
        now=now,
    )


def join(pairs: Iterable[Pair], *, reason: str, now: datetime, by: Member | None = None) -> None:
    """Merge each pair unless somebody undid that very merge before. The caller's transaction."""
    rows = [
        {
            "store_id": store,
            "one_id": one,
            "other_id": other,
            "reason": reason,
            "made_by_id": by.pk if by else None,
            "made_at": now,
        }
        for store, one, other in pairs
    ]
    made = bulk.upsert(
        Merge, rows, key=["one_id", "other_id"], returning=["id", "store_id", "one_id", "other_id"]
    )
    if not made:
        return
    regroup({row[2] for row in made} | {row[3] for row in made})
    emit(
        [
            CustomersJoined(
                store_id=store, happened_at=now, key=f"merge:{pk}", customer_id=one, subject_id=pk
            )
            for pk, store, one, _ in made
        ],
        now=now,
    )


def regroup(customers: set[int]) -> None:
    """Point every row of the groups these rows belong to at the group's root.

    The root is the row with the smallest key (accounts before addresses before phones): the same whatever
    came first.
    """
    from passaparola.customers.actions.record import refresh

    members = set(customers)
    while True:
        edges = Merge.objects.filter(Q(one__in=members) | Q(other__in=members), undone_at=None)
        pairs = list(edges.values_list("one_id", "other_id"))
        grown = members.union(*pairs) if pairs else members
        if grown == members:
            break
        members = grown
    list(Customer.objects.filter(pk__in=members).order_by("pk").select_for_update().values_list("pk"))
    keys: dict[int, str] = {}
    for customer, key in Identity.objects.filter(customer__in=members).values_list("customer_id", "key"):
        keys[customer or 0] = min(key, keys.get(customer or 0, key))
    roots = {pk: pk for pk in members}
    for group in rules.groups(pairs):
        root = min(group, key=lambda pk: (keys.get(pk, "~"), pk))
        roots |= dict.fromkeys(group, root)
    rows = [{"id": pk, "merged_into_id": None if pk == root else root} for pk, root in roots.items()]
    bulk.update(Customer, rows, key=["id"], set_=["merged_into_id = v.merged_into_id"])
    refresh(set(roots.values()))
