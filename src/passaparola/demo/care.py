"""What Sara and Chiara did for their customers: a year of it, and the cases that are on the desk today.

Whatever the demo shows here goes the way of the team's own clicks: promises made and kept, cases taken on, a note
with a promise in it.
"""

from datetime import datetime, time, timedelta
from random import Random

from django.db import transaction

from passaparola.cases import actions as cases
from passaparola.cases.models import Case
from passaparola.customers.models import Customer
from passaparola.demo.world.days import ROME
from passaparola.messages import actions as messages
from passaparola.messages.actions import Silence
from passaparola.orders.models import Order
from passaparola.promises import actions as promises
from passaparola.promises.actions import Promised
from passaparola.promises.models import Promise
from passaparola.stores.models import Member, Store
from passaparola.tracking.models import Parcel

CALLS = 60
"""So many times in the year somebody said that they would call."""
KEPT_IN_TIME = 0.9
_WORDS = "Domani la richiamo e le dico com’è andata."

_SILENCES = (
    {"reason": "unsubscribed", "source": "one_click"},
    {"reason": "hard_bounce", "source": "answer", "words": "550 5.1.1 The e-mail account does not exist"},
    {"reason": "unsubscribed", "source": "page"},
    {"reason": "complaint", "source": "bounce mail", "words": "abuse"},
)


def look_after(store: Store, *, now: datetime) -> None:
    """Do all of it once; a second time nothing is done twice."""
    with transaction.atomic():
        _year_of_calls(store, now)
    _see_to_yesterdays(store, now)
    _stay_silent(store, now)


def _stay_silent(store: Store, now: datetime) -> None:
    """A few who have not bought for longest: an address that is gone, a mail called spam, two who had enough."""
    longest_gone = Customer.objects.filter(store=store, accepts_marketing=True).exclude(email="")
    addresses = longest_gone.people().order_by("last_order_at", "pk").values_list("email", flat=True)
    messages.silence(
        [
            Silence(store_id=store.pk, address=address, made_at=now - timedelta(days=days), **why)
            for days, (address, why) in enumerate(
                zip(addresses[: len(_SILENCES)], _SILENCES, strict=False), 9
            )
        ],
        now=now,
    )


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


def _see_to_yesterdays(store: Store, now: datetime) -> None:
    """Sara looked at every case yesterday afternoon, and leaves the decisions that cost money to whoever looks."""
    sara = Member.objects.filter(stores=store, name__startswith="Sara").first()
    at = datetime.combine(now.astimezone(ROME).date() - timedelta(days=1), _AFTERNOON, ROME)
    waiting = Case.objects.filter(store=store, order__isnull=False, owner=None, opened_at__lt=at).open()
    found = list(waiting.filter(cause__in=_ON_THE_WAY).worst_first())
    if not (found and sara):
        return
    for case in found:
        causes = set(Parcel.objects.filter(order=case.order_id).values_list("delay_cause", flat=True))
        cases.note(case, words=_NOTES["shop" if "shop" in causes else "carrier"], by=sara, now=at)
    cases.note(found[0], words=_PROMISED, by=sara, now=at + timedelta(minutes=20))


_AFTERNOON = time(16, 30)
_ON_THE_WAY = ("late_parcel", "stalled_parcel", "overdue_order", "broken_promise", "endangered_promise")
_NOTES = {
    "shop": "È il pezzo cotto su ordinazione: parte appena esce dal forno. Ho scritto al cliente.",
    "carrier": "Sentito il corriere: il pacco è in filiale, non danno ancora una data.",
}
_PROMISED = "Richiamato il corriere. Domani la richiamo."
"""What is found in it may be kept as a promise."""
