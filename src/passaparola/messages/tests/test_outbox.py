"""The outbox: what is due goes out once, and whatever happens on the way is kept and said."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.cast import NOON

from passaparola.kernel.models import EventRecord
from passaparola.messages import actions
from passaparola.messages.actions import claims, send
from passaparola.messages.channel import CHANNELS, Outcome, Result
from passaparola.messages.letters import sender_of
from passaparola.messages.models import Message, Suppression
from passaparola.orders.models import Order

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def dummy():
    """The channel that does as it is told."""
    channel = CHANNELS["dummy"]
    channel.reset()
    send._PAUSES.clear()
    claims._mine.__dict__.clear()
    yield channel
    channel.reset()


@pytest.fixture
def order(place_order):
    order = place_order()
    Message.objects.update(channel="dummy")
    return order


def the_message():
    return Message.objects.get()


def answer(dummy, result, words="", **more):
    dummy.answers[""] = Outcome(pk=0, result=result, words=words, **more)


def test_what_is_due_is_sent_once_and_recorded(dummy, order):
    first, second = actions.send_due(NOON), actions.send_due(NOON)

    message = the_message()
    assert (first, second) == (1, 0)
    assert (message.state, message.attempts, message.claimed_by) == ("sent", 1, None)
    assert message.subject.startswith("Ti diamo il benvenuto, Giulia")
    assert [packed.recipient for packed in dummy.sent] == ["giulia@posta.example"]


def test_an_offer_that_was_sent_is_told_to_the_world(dummy, place_order, luna, giulia):
    luna.welcome_coupon = "LUNA10"
    luna.save()
    giulia.accepts_marketing, giulia.orders_count = True, 3
    giulia.save()
    order = place_order()
    Message.objects.update(channel="dummy")

    actions.send_due(NOON)

    assert EventRecord.objects.get(kind="MessageSent").order_id == order.pk
    assert b"LUNA10" in dummy.sent[0].payload


def test_a_cancelled_order_is_noticed_at_the_moment_of_sending(dummy, order):
    order.cancelled_at = NOON
    order.save()

    actions.send_due(NOON)

    assert dummy.sent == []
    assert (the_message().state, the_message().reason) == ("dropped", "order_cancelled")


def test_who_withdraws_consent_before_it_is_sent_gets_the_plain_one(dummy, place_order, luna, giulia):
    luna.welcome_coupon = "LUNA10"
    luna.save()
    giulia.accepts_marketing, giulia.orders_count = True, 3
    giulia.save()
    place_order()
    giulia.accepts_marketing = False
    giulia.save()
    Message.objects.update(channel="dummy")

    actions.send_due(NOON)

    message = the_message()
    assert (message.state, message.kind, message.purpose) == ("sent", "confirmation_simple", "transactional")
    assert message.why("it").startswith("Inviato senza l'offerta")
    assert b"LUNA10" not in dummy.sent[0].payload


def test_try_again_later_means_later(dummy, order):
    answer(dummy, Result.LATER, "451 greylisted")
    actions.send_due(NOON)
    waiting = the_message()
    dummy.answers.clear()

    early, late = (
        actions.send_due(NOON + timedelta(seconds=30)),
        actions.send_due(NOON + timedelta(minutes=2)),
    )

    assert (waiting.state, waiting.why("en")) == (
        "deferred",
        "The other side asked us to try again later: 451 greylisted",
    )
    assert (early, late) == (0, 1)
    assert (the_message().state, the_message().attempts) == ("sent", 2)


def test_refused_for_good_is_failed_and_a_dead_address_is_silenced_though_it_was_lifted(dummy, order, luna):
    lifted = {"lifted_at": NOON - timedelta(days=1), "lifted_because": "she called"}
    Suppression.objects.create(store=luna, address="giulia@posta.example", reason="hard_bounce", **lifted)
    answer(dummy, Result.REFUSED, "550 5.1.1 No such user", is_dead_address=True)

    actions.send_due(NOON)

    message = the_message()
    assert (message.state, message.reason) == ("failed", "refused")
    silence = Suppression.objects.get()
    assert (silence.address, silence.lifted_at, silence.source) == ("giulia@posta.example", None, "answer")
    assert EventRecord.objects.filter(kind="MessageFailed").count() == 1


def test_a_server_that_is_down_for_an_hour_loses_nothing(dummy, order):
    answer(dummy, Result.DOWN, "connection refused")
    for minute in range(60):
        actions.send_due(NOON + timedelta(minutes=minute))
    waiting = the_message()
    dummy.answers.clear()

    actions.send_due(LATER + timedelta(minutes=2))

    assert (waiting.attempts, waiting.reason) == (0, "server_down")
    assert the_message().state == "sent"


def test_a_server_that_is_down_is_left_alone_for_a_while(dummy, order):
    answer(dummy, Result.DOWN)
    actions.send_due(NOON)
    dummy.answers.clear()

    assert actions.send_due(NOON + timedelta(seconds=1)) == 0
    assert actions.send_due(NOON + timedelta(seconds=10)) == 1


def test_after_two_days_of_silence_a_confirmation_is_dropped_not_sent(dummy, order):
    dummy.is_set_up = False
    actions.send_due(NOON)
    dummy.is_set_up = True

    actions.send_due(NOON + timedelta(days=3))

    assert (the_message().state, the_message().reason) == ("dropped", "old_order")


def test_an_answer_that_never_came_is_tried_again_and_marked(dummy, order):
    answer(dummy, Result.UNKNOWN, "timed out")
    actions.send_due(NOON)
    dummy.answers.clear()

    actions.send_due(NOON + timedelta(minutes=2))

    message = the_message()
    assert message.state == "sent"
    assert message.uncertain_at == NOON
    assert len(dummy.sent) == 2


def test_a_claim_that_nobody_stands_behind_is_taken_over_and_marked(dummy, order):
    Message.objects.update(claimed_by=1, claimed_at=NOON)

    too_early = actions.send_due(NOON + timedelta(seconds=2))
    taken = actions.send_due(NOON + timedelta(seconds=20))

    message = the_message()
    assert (too_early, taken) == (0, 1)
    assert (message.state, message.uncertain_at) == ("sent", NOON + timedelta(seconds=20))


def test_a_claim_of_a_living_worker_is_left_alone(dummy, order):
    Message.objects.update(claimed_by=claims.my_token(), claimed_at=NOON)

    assert actions.send_due(NOON + timedelta(minutes=20)) == 0


def test_a_channel_with_a_bug_loses_nothing(dummy, order, monkeypatch):
    monkeypatch.setattr(dummy, "deliver", lambda letters: 1 / 0)

    actions.send_due(NOON)

    assert (the_message().state, the_message().reason) == ("deferred", "no_answer")


def test_however_large_the_batches_the_outcome_is_the_same(dummy, place_order, monkeypatch):
    def outcome_of(size):
        Message.objects.all().delete()
        for number in range(7):
            place_order(email=f"p{number}@posta.example")
        Order.objects.filter(email__in=["p0@posta.example", "p4@posta.example"]).update(cancelled_at=NOON)
        Message.objects.update(channel="dummy")
        monkeypatch.setattr(send, "BATCH", size)
        while actions.send_due(NOON):
            pass
        return sorted((m.to_address, m.state, m.reason) for m in Message.objects.all())

    assert outcome_of(1) == outcome_of(3) == outcome_of(100)


def test_a_batch_costs_the_same_few_statements_as_one(dummy, place_order, django_assert_max_num_queries):
    for _ in range(20):
        place_order()
    Message.objects.update(channel="dummy")
    claims.my_token()

    with django_assert_max_num_queries(22):
        assert actions.send_due(NOON) == 20
    assert connection.in_atomic_block


def test_a_message_we_stumble_over_does_not_hold_up_those_of_others(dummy, place_order, monkeypatch):
    orders = [place_order() for _ in range(5)]
    Message.objects.update(channel="dummy")
    pack = dummy.pack

    def stumbling(letter):
        if letter.thread == f"order-{orders[2].pk}":
            raise KeyError("a bug of ours")
        return pack(letter)

    monkeypatch.setattr(dummy, "pack", stumbling)
    actions.send_due(NOON)

    stumbled = Message.objects.get(order=orders[2])
    assert len(dummy.sent) == 4
    assert (stumbled.state, stumbled.reason) == ("deferred", "unrenderable")
    assert actions.send_due(stumbled.expires_at - timedelta(minutes=1)) == 1
    stumbled.refresh_from_db()
    assert stumbled.state == "dropped"


def test_a_shop_whose_address_has_an_accent_can_write(luna):
    luna.email = "ciao@caffè.example"
    assert sender_of(luna).address == "ciao@xn--caff-8oa.example"

    luna.email = "caffè@luna.example"
    assert sender_of(luna).address.startswith("bottega-luna@")
