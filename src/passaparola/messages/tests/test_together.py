"""What is ripe of one person is decided about together, by one worker, however many there are."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.messages import actions
from passaparola.messages.actions import Wanted, claims, send
from passaparola.messages.actions.company import with_company
from passaparola.messages.actions.due import lock_due
from passaparola.messages.actions.prepare import prepare
from passaparola.messages.channel import CHANNELS, Outcome, Result
from passaparola.messages.models import Message
from passaparola.tracking.models import Parcel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def dummy():
    channel = CHANNELS["dummy"]
    channel.reset()
    send._PAUSES.clear()
    claims._mine.__dict__.clear()
    yield channel
    channel.reset()


@pytest.fixture
def willing(giulia):
    giulia.accepts_marketing, giulia.consent_at = True, NOON - DAY
    giulia.save()
    return giulia


def want(person, *kinds):
    wanted = [
        Wanted(
            store_id=person.store_id,
            key=f"{person.pk}:{number}:{kind}",
            kind=kind,
            customer_id=person.pk,
            channel="dummy",
            expires_at=NOON + 90 * DAY,
            asked_by=f"campaign:{number}",
        )
        for number, kind in enumerate(kinds)
    ]
    actions.ask(wanted, now=NOON)


def states(**found):
    return sorted((m.kind, m.state, m.reason) for m in Message.objects.filter(**found))


def send_all(now=NOON):
    while actions.send_due(now):
        pass


def test_of_two_pieces_of_news_one_goes_and_the_other_waits_for_its_week(dummy, willing):
    want(willing, "newsletter", "card")

    send_all()
    waiting = Message.objects.get(kind="card")
    send_all(NOON + 7 * DAY)

    assert [m.sent_at for m in Message.objects.order_by("id")] == [NOON, NOON + 7 * DAY]
    assert (waiting.state, waiting.reason, waiting.due_at) == ("deferred", "cap_news", NOON + 7 * DAY)


def test_the_question_goes_before_the_newsletter_that_was_asked_for_first(dummy, willing):
    want(willing, "newsletter", "offer", "offer", "question", "question")

    send_all()

    sent = [m.kind for m in Message.objects.filter(sent_at__isnull=False).order_by("id")]
    assert sent == ["offer", "offer", "question"]
    assert states(sent_at=None) == [
        ("newsletter", "deferred", "cap_all"),
        ("question", "deferred", "cap_ask"),
    ]


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_however_many_are_taken_at_a_time_the_outcome_is_the_same(dummy, luna, monkeypatch, size):
    monkeypatch.setattr(send, "BATCH", size)
    for number in range(4):
        person = Customer.objects.create(
            store=luna,
            email=f"p{number}@posta.example",
            accepts_marketing=number != 3,
            consent_at=NOON - DAY,
            country="IT",
        )
        want(person, "newsletter", "card", "offer", "question", "offer", "question", "letter")

    for day in range(0, 40, 4):
        send_all(NOON + day * DAY)

    days = [
        [m.sent_at and (m.sent_at - NOON).days for m in Message.objects.filter(customer=pk).order_by("id")]
        for pk in Customer.objects.order_by("pk").values_list("pk", flat=True)
    ]
    assert days[0] == days[1] == days[2] == [16, 24, 0, 0, 0, 16, 0]
    assert days[3] == [None, None, None, 0, None, 16, 0], "without consent no news and no offers"


@pytest.fixture
def parcels(luna, place_order):
    order = place_order(tell=False)
    return [
        Parcel.objects.create(store=luna, order=order, name=str(n), state="in_transit", announced_at=NOON)
        for n in range(3)
    ]


def tell(order, kind, *parcels, now=NOON):
    actions.ask(
        [
            Wanted(
                store_id=order.store_id,
                key=f"{kind}:{parcel.pk}",
                kind=kind,
                order_id=order.pk,
                parcel_id=parcel.pk,
                channel="dummy",
            )
            for parcel in parcels
        ],
        now=now,
    )


def test_three_parcels_of_one_order_are_one_letter(dummy, parcels):
    order = parcels[0].order
    tell(order, "shipped", *parcels[:2])
    send_all(NOON + timedelta(minutes=1))
    before = states()
    tell(order, "shipped", parcels[2], now=NOON + timedelta(minutes=8))

    send_all(NOON + timedelta(minutes=10))

    assert before == [("shipped", "deferred", "gathering")] * 2
    assert [m.state for m in Message.objects.order_by("id")] == ["sent", "merged", "merged"]
    lead, told, _ = Message.objects.order_by("id")
    assert (told.merged_into, told.why("en")) == (lead, "Told in the same letter as “shipped”.")
    assert len(lead.data["joined"]) == 2
    assert len(dummy.sent) == 1


def test_a_letter_that_did_not_go_takes_nobody_with_it(dummy, parcels):
    dummy.answers[""] = Outcome(pk=0, result=Result.LATER, words="451 later")
    tell(parcels[0].order, "out_for_delivery", parcels[0])
    tell(parcels[0].order, "delayed", parcels[1])
    actions.send_due(NOON)
    waiting = states()
    Parcel.objects.filter(pk=parcels[1].pk).update(state="delivered")  # so the lead is no news any more
    dummy.answers.clear()

    send_all(NOON + timedelta(minutes=5))

    assert waiting == [("delayed", "deferred", "retry"), ("out_for_delivery", "asked", "")]
    assert states() == [("delayed", "dropped", "stale"), ("out_for_delivery", "sent", "")]


def test_a_worker_that_died_leaves_nothing_merged_into_nothing(dummy, parcels):
    tell(parcels[0].order, "out_for_delivery", *parcels[:2])
    token = claims.my_token()
    with transaction.atomic():
        prepare(with_company(lock_due(["dummy"], 9, NOON), ["dummy"], NOON), NOON).write(token, NOON)
    Message.objects.update(claimed_by=1)  # nobody holds that lock
    claims._mine.__dict__.clear()

    send_all(NOON + timedelta(minutes=1))

    assert sorted(m.state for m in Message.objects.all()) == ["merged", "sent"]
    assert Message.objects.exclude(uncertain_at=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_a_message_each_find_room_for_one(dummy, willing):
    """Two real connections: the second decides while the first has decided and not committed yet."""
    want(willing, "newsletter", "card")
    decided, may_commit = Event(), Event()

    def first_worker():
        try:
            token = claims.my_token()
            with transaction.atomic():
                due = lock_due(["dummy"], 1, NOON)
                prepared = prepare(with_company(due, ["dummy"], NOON), NOON)
                prepared.write(token, NOON)
                decided.set()
                may_commit.wait(20)
            Message.objects.filter(claimed_by=token).update(sent_at=NOON, claimed_by=None, claimed_at=None)
        finally:
            connection.close()

    worker = Thread(target=first_worker)
    worker.start()
    assert decided.wait(20)
    meanwhile = actions.send_due(NOON)
    may_commit.set()
    worker.join()
    send_all()

    assert meanwhile == 0
    assert sorted(m.state for m in Message.objects.all()) == ["deferred", "sent"]


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_never_break_a_cap(dummy, luna, monkeypatch):
    monkeypatch.setattr(send, "BATCH", 3)
    people = [
        Customer.objects.create(
            store=luna,
            email=f"p{n}@posta.example",
            accepts_marketing=True,
            consent_at=NOON - DAY,
            country="IT",
        )
        for n in range(12)
    ]
    for person in people:
        want(person, "newsletter", "card", "offer", "offer", "question", "question")

    def work():
        try:
            idle = 0
            while idle < 3:
                idle = 0 if actions.send_due(NOON) else idle + 1
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    send_all()

    for person in people:
        sent = sorted(m.kind for m in Message.objects.filter(customer=person, sent_at__isnull=False))
        assert sent == ["offer", "offer", "question"]
    assert not Message.objects.filter(due_at__lte=NOON, sent_at=None, dropped_at=None).exists()
