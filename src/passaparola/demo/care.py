"""What Sara and Chiara did for their customers: a year of it, and the case that is on the desk today.

Whatever the demo shows here goes the way of the team's own clicks: promises made and kept, a case taken on, a note
with a promise in it, a remedy within the budget.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from passaparola.cases import actions as cases
from passaparola.cases.actions import NotGrantedError
from passaparola.cases.models import Case
from passaparola.orders.models import Order
from passaparola.promises import actions as promises
from passaparola.promises.actions import Promised
from passaparola.promises.models import Promise
from passaparola.stores.models import Member, Store
from passaparola.tracking import actions as tracking

CALLS = 60
"""So many times in the year somebody said that they would call."""
KEPT_IN_TIME = 0.9
_WORDS = "Domani la richiamo e le dico com’è andata."
_NOTE = "Ho sentito il corriere: il pacco è fermo in filiale. Domani la richiamo."


def look_after(store: Store, *, now: datetime) -> None:
    """Do all of it once; a second time nothing is done twice."""
    with transaction.atomic():
        _year_of_calls(store, now)
    _until_nothing_is_left(lambda: tracking.check_due(now=now))
    _until_nothing_is_left(lambda: promises.sweep(now=now))
    _take_on_the_worst(store, now)


def _until_nothing_is_left(work: Callable[[], int]) -> None:
    while work():
        pass


def _year_of_calls(store: Store, now: datetime) -> None:
    rng = Random(19)  # noqa: S311 - no secret
    people = list(Member.objects.filter(stores=store).order_by("email"))
    late = Promise.objects.filter(store=store, kind="delivery", broken_at__isnull=False, is_history=True)
    orders = [promise.order for promise in late.select_related("order").order_by("pk")[:CALLS]]
    said = [_call(order, rng.choice(people), now) for order in orders if order]
    promises.make(said, now=now)
    for one in said:
        if one.made_at and one.due_at:
            hours = rng.uniform(2, 20) if rng.random() < KEPT_IN_TIME else rng.uniform(26, 60)
            at = one.made_at + timedelta(hours=hours)
            promises.keep([(store.pk, one.key)], at=min(at, now), now=now)


def _call(order: Order, who: Member, now: datetime) -> Promised:
    made_at = min((order.delivered_at or now) - timedelta(days=2), now - timedelta(days=3))
    return Promised(
        store_id=order.store_id,
        key=f"demo:call:{order.pk}",
        kind="call_back",
        words=_WORDS,
        evidence=_WORDS,
        due_at=made_at + timedelta(hours=24),
        order_id=order.pk,
        customer_id=order.customer_id,
        said_in="phone",
        owner_id=who.pk,
        made_at=made_at,
        is_history=True,
    )


def _take_on_the_worst(store: Store, now: datetime) -> None:
    """Sara has begun with what matters most, and leaves the decision that costs money to whoever looks."""
    sara = Member.objects.filter(stores=store, name__startswith="Sara").first()
    worst = Case.objects.filter(store=store, order__isnull=False).open().worst_first().first()
    if (
        sara is None
        or worst is None
        or worst.owner_id
        or Case.objects.filter(store=store, owner=sara).exists()
    ):
        return
    cases.note(worst, words=_NOTE, by=sara, now=now)
    try:
        cases.grant(worst, remedy="explain", by=sara, is_owner=False, tells=False, now=now)
    except NotGrantedError:
        return
