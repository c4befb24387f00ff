"""Forgetting somebody: asked for, thought over, done, certified."""

from datetime import datetime, timedelta

from django.db import transaction

from passaparola.customers import privacy
from passaparola.customers.events import CustomerErased, ErasureAsked, ErasureCancelled
from passaparola.customers.models import Customer, Erasure, PrivacyRequest
from passaparola.kernel.events import Event, emit

COOLING = timedelta(days=7)
"""Who asks in anger has a week to take it back; the law gives us a month."""
BATCH = 5


@transaction.atomic
def ask_erasure(
    customer: Customer, *, by: str = "customer", cooling: timedelta = COOLING, now: datetime
) -> Erasure:
    """Note that somebody wants to be forgotten. Asked twice, the first one counts."""
    root = customer.merged_into or customer
    made, is_new = Erasure.objects.get_or_create(
        customer=root,
        done_at=None,
        cancelled_at=None,
        defaults={"store": root.store, "asked_by": by, "asked_at": now, "due_at": now + cooling},
    )
    if is_new:
        emit([_event(ErasureAsked, made, now)], now=now)
    return made


@transaction.atomic
def cancel_erasure(erasure: Erasure, *, now: datetime) -> bool:
    """Take it back; False where it is too late."""
    if not Erasure.objects.waiting().filter(pk=erasure.pk).update(cancelled_at=now):
        return False
    emit([_event(ErasureCancelled, erasure, now)], now=now)
    return True


def erase_due(now: datetime) -> int:
    """Carry out what is due, each in a transaction of its own; a loop of the workers."""
    due = Erasure.objects.waiting().filter(due_at__lte=now).order_by("due_at").values_list("pk", flat=True)
    return sum(_erase(pk, now) for pk in list(due[:BATCH]))


@transaction.atomic
def _erase(pk: int, now: datetime) -> int:
    found = Erasure.objects.select_for_update(skip_locked=True, of=("self",)).waiting().filter(pk=pk).first()
    if found is None:
        return 0
    if found.customer is not None:
        person = privacy.person_of(found.customer)
        found.counts = privacy.erase(person, now=now)
        _forget_requests(person)
    found.done_at = now
    found.save(update_fields=["counts", "done_at"])
    emit([_event(CustomerErased, found, now)], now=now)
    return 1


def _forget_requests(person: privacy.Person) -> None:
    """What the shop system passed on holds the address as well."""
    ours = PrivacyRequest.objects.filter(store=person.store_id, email__in=person.emails)
    ours.update(email="", phone="", customer_external_id="")


def _event(kind: type[Event], erasure: Erasure, now: datetime) -> Event:
    return kind(
        store_id=erasure.store_id,
        happened_at=now,
        key=f"erasure:{erasure.pk}:{kind.__name__}",
        customer_id=erasure.customer_id,
        subject_id=erasure.pk,
    )
