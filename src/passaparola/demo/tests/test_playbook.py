"""The demo's journeys have a past that holds together, and nothing of it is ever sent."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count, Sum

from passaparola.demo import playbook, shop
from passaparola.demo.seed import seed
from passaparola.demo.world.history import build
from passaparola.journeys import actions as journeys
from passaparola.journeys.models import Enrolment, Journey, Tally, ToDo
from passaparola.journeys.shelf import shelf
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.stores.models import Member, Store

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def now():
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def seeded(one_world, now):
    with one_world():
        store = shop.open_shop(now=now)
        world = build(now, orders=150, people=60)
        seed(store, world, base="http://127.0.0.1/static/", now=now, say=lambda _: None)
        playbook.take(store, by=Member.objects.get(email=shop.OWNER), now=now)
        yield store.pk


@pytest.fixture
def store(seeded):
    return Store.objects.get(pk=seeded)


def test_the_whole_playbook_is_on_with_figures_that_agree_with_its_people(store, now):
    running = Journey.objects.running().filter(store=store)
    walked = Enrolment.objects.filter(store=store)
    entered = Tally.objects.filter(step="", way="entered").aggregate(n=Sum("count"))["n"]
    left = dict(walked.exclude(ended_by="").values_list("ended_by").annotate(Count("pk")))

    assert {one.key for one in running} == {ready.key for ready in shelf("en")}
    assert entered == walked.filter(held_out_at=None).count() > 0
    assert left["finished"] == Tally.objects.filter(step="", way="finished").aggregate(n=Sum("count"))["n"]
    assert not walked.filter(entered_at__gt=now).exists()
    assert not walked.filter(due_at__lte=now, ended_at=None).exists()
    assert ToDo.objects.filter(done_at__isnull=False).exists()


def test_what_was_said_stands_in_the_past_and_sorry_was_said_once(store, now):
    asked = Message.objects.filter(asked_by__startswith="journey:")
    sorry = Counter(Message.objects.filter(kind="delayed").values_list("order", flat=True))
    goes_on = set(asked.filter(kind="delay_goes_on").values_list("order", flat=True))

    assert asked.filter(sent_at__lt=now).exists()
    assert not asked.filter(sent_at__gt=now).exists()
    assert set(sorry.values()) <= {1}
    assert goes_on <= set(sorry)
    kinds = EventRecord.objects.filter(kind="MessageSent")
    assert not kinds.filter(is_history=False).exists()


def test_days_later_nothing_about_history_is_said(store, now):
    known = set(Message.objects.values_list("pk", flat=True))
    for day in range(1, 31):
        while journeys.advance_due(now + timedelta(days=day)):
            pass
    fresh = Message.objects.exclude(pk__in=known).filter(order__is_history=True)

    assert fresh.exists()
    assert {one.reason for one in fresh} == {"history"}
    assert not fresh.filter(dropped_at=None).exists()


def test_taking_it_again_changes_nothing(store, now):
    before = Enrolment.objects.count(), Message.objects.count(), ToDo.objects.count()

    playbook.take(store, by=Member.objects.get(email=shop.OWNER), now=now + timedelta(hours=1))

    assert (Enrolment.objects.count(), Message.objects.count(), ToDo.objects.count()) == before
