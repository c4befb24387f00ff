"""What a shop promised, from the first day shown to a case that closes: told once, whatever runs twice."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from passaparola.cases import actions as cases
from passaparola.cases.models import Case, Remedy, Trouble
from passaparola.cases.standing import has_been_apologised_to
from passaparola.customers.facts import CustomerFacts
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.orders.models import Order
from passaparola.promises import actions as promises
from passaparola.promises import figures
from passaparola.promises.models import Promise
from passaparola.promises.rules.outcome import Outcome
from passaparola.promises.tests.conftest import RefundingShop as Shop
from passaparola.stores.models import Member, Store
from passaparola.tracking import actions as tracking
from passaparola.tracking.carrier import ScanState
from passaparola.tracking.tests.shop import PLACED, after
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def loops(now: datetime) -> None:
    """What the workers do, each twice: two of them at the same moment."""
    for _ in range(2):
        while tracking.check_due(now=now):
            pass
        while promises.sweep(now=now):
            pass
        cases.rank_due(now=now)


def told(kind: str) -> int:
    return EventRecord.objects.filter(kind=kind).count()


def test_a_parcel_that_goes_late_is_one_story_from_the_warning_to_the_calm(luna: Store, sara: Member) -> None:
    shop = Shop(luna, PLACED)
    shop.sells().sends("RA123456789", parts=())
    shop.now = after(30)
    shop.hears("RA123456789", (28, ScanState.PICKED_UP))
    order = Order.objects.get()

    # Seen before: the carrier names a day after the one promised.
    shop.now = after(48)
    shop.hears("RA123456789", (47, ScanState.DELAYED), estimated_date=(after(48) + timedelta(days=9)).date())
    loops(after(48))
    assert Promise.objects.get(kind="delivery").outcome is Outcome.ENDANGERED
    case = Case.objects.get(closed_at=None)
    assert Message.objects.filter(kind="delayed").count() == 1

    # Its day passes: the same case, told once.
    for hours in range(49, 240, 12):
        loops(after(hours))
    assert Case.objects.get(closed_at=None) == case
    assert Promise.objects.get(kind="delivery").outcome is Outcome.BROKEN
    assert EventRecord.objects.filter(kind="PromiseBroken", data__promise="delivery").count() == 1
    assert Message.objects.filter(kind="delayed").count() == 1

    # The letter was the apology; somebody chooses a remedy.
    cases.apologised([order.pk], now=after(240))
    assert has_been_apologised_to(order.pk)
    cases.grant(case, remedy="coupon", by=sara, is_owner=False, code="LUNA-8", now=after(241))
    assert Remedy.objects.filter(kind="coupon").count() == 1

    # It arrives; who took it on closes it, and the owner's numbers say: too late.
    shop.now = after(264)
    shop.hears("RA123456789", (260, ScanState.OUT_FOR_DELIVERY), (264, ScanState.DELIVERED))
    cases.close(case, by=sara, now=after(265))
    assert told("CaseClosed") == 1
    kept = {one.name: one for one in figures.standards(luna, now=after(266)).by_kind}
    assert (kept["delivery"].late, kept["delivery"].kept) == (1, 0)


def test_every_seeded_breach_opens_its_case_once_and_soon(luna: Store) -> None:
    rng = Random(11)
    _seed(luna, rng, count=14)
    step = timedelta(hours=8)

    now = NOON
    while now < NOON + timedelta(days=25):
        now += step
        loops(now)

    broken = Promise.objects.exclude(told_at=None)
    assert broken.count() >= 8
    troubles = Counter(Trouble.objects.filter(kind="broken_promise").values_list("key", flat=True))
    assert troubles == {f"broken:{promise.pk}": 1 for promise in broken}
    assert told("PromiseBroken") == broken.count()
    assert max(Counter(Case.objects.values_list("order", flat=True)).values()) == 1
    assert all(promise.told_at - promise.due_at < step for promise in broken)
    assert all(t.case and t.case.opened_at <= t.opened_at + step for t in Trouble.objects.all())


def _seed(store: Store, rng: Random, *, count: int) -> None:
    """Orders of one week: some never sent, some late, some in time."""
    for number in range(count):
        placed = PLACED + timedelta(hours=rng.randint(0, 40))
        shop = Shop(store, placed)
        who = CustomerFacts(email=f"anna{number}@posta.example", first_name="Anna")
        shop.sells(
            external_id=str(number), number=f"BL-{number}", placed_at=placed, updated_at=placed, customer=who
        )
        if number % 3 == 0:
            continue
        name = f"RA{number:09}"
        shop.sends(name, order_id=str(number), external_id=f"f{number}", parts=())
        days = 3 if number % 3 == 1 else rng.randint(12, 20)
        shop.hears(name, (30, ScanState.PICKED_UP), (24 * days + 40, ScanState.DELIVERED))
