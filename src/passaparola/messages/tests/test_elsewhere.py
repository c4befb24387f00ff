"""The outbox of channels that a shop connects: what is due goes out once, at the pace that is allowed."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from tests.cast import NOON

from passaparola.inbound import actions as inbound
from passaparola.kernel.http.tests.servers import answer
from passaparola.messages import actions
from passaparola.messages.actions import Wanted, claims
from passaparola.messages.channels.tests.provider import as_json
from passaparola.messages.models import EarlyWord, Message, Price, Reach, Suppression
from passaparola.messages.tests.elsewhere import GIULIA, connect, provider, twilio_says

pytestmark = pytest.mark.django_db
TAKEN = as_json({"sid": "SM1", "status": "queued", "num_segments": "2"}, "201 Created")


@pytest.fixture(autouse=True)
def _fresh():
    claims._mine.__dict__.clear()


@pytest.fixture
def giulia(giulia):
    giulia.phone = GIULIA
    giulia.save()
    return giulia


@pytest.fixture
def order(place_order):
    return place_order(tell=False)


def want(order, key="sms-1", channel="sms", kind="order_link"):
    wanted = Wanted(store_id=order.store_id, key=key, kind=kind, order_id=order.pk, channel=channel)
    actions.ask([wanted], now=NOON)
    return Message.objects.get(key=key)


def send(now=NOON):
    return actions.send_connected(now)


def test_it_goes_to_the_phone_of_the_order_and_the_providers_name_is_kept(luna, order):
    connect(luna, "sms")
    want(order)

    with provider("sms", TAKEN) as server:
        assert (send(), send()) == (1, 0)

    message = Message.objects.get()
    assert (message.state, message.to_address, message.provider_id, message.units) == (
        "sent",
        GIULIA,
        "SM1",
        2,
    )
    assert parse_qs(server.asked[0].body.decode())["To"] == [GIULIA]
    assert message.subject.startswith("Bottega Luna: ecco il link al tuo ordine")


def test_until_the_shop_has_connected_it_its_messages_wait_and_go_out_then(luna, order):
    connect(luna, "sms", sender="")
    message = want(order)
    assert message.state == "dropped"  # nobody can be reached on a channel that there is not
    Message.objects.update(dropped_at=None, reason="", to_address=GIULIA)

    assert send() == 0
    inbound.configure(luna.connections.get(), settings='{"account": "AC42", "sender": "MG1"}')
    with provider("sms", TAKEN):
        assert send() == 1


def test_another_shops_account_is_not_used(luna, order, stranger):
    connect(stranger.stores.get(), "sms")
    want(order)
    Message.objects.update(dropped_at=None, to_address=GIULIA)

    with provider("sms", TAKEN) as server:
        assert send() == 0
        assert server.asked == []


def test_what_we_owe_and_a_channel_cannot_bring_goes_by_mail_once(luna, order):
    connection = connect(luna, "sms")
    want(order)
    with provider("sms", TAKEN):
        send()

    for _again in range(2):
        twilio_says(connection, MessageSid="SM1", MessageStatus="undelivered", ErrorCode="30003")
        inbound.read_waiting(now=NOON)

    mail = Message.objects.get(channel="email")
    assert (mail.kind, mail.to_address, mail.state) == ("order_link", order.email, "asked")


def test_what_waited_until_the_window_had_closed_goes_by_mail(luna, order):
    connect(luna, "whatsapp", template="")
    want(order, channel="whatsapp")

    assert send() == 1

    assert {one.key: one.state for one in Message.objects.all()} == {
        "sms-1": "failed",
        "sms-1:by mail": "asked",
    }


def test_mails_and_these_go_by_hands_of_their_own(luna, order):
    connect(luna, "sms")
    want(order)

    assert actions.send_due(NOON) == 0
    assert Message.objects.get().state == "asked"


def test_an_account_that_wants_rest_gets_it_and_nothing_is_lost(luna, order):
    connection = connect(luna, "sms")
    want(order)
    want(order, "sms-2")

    with provider("sms", answer(b"", "429 Too Many Requests", Retry_After="600")) as server:
        send()
        assert send(NOON + timedelta(minutes=9)) == 0
        asked = len(server.asked)
    connection.refresh_from_db()
    assert connection.paused_until == NOON + timedelta(minutes=10)
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}
    with provider("sms", TAKEN):
        assert send(NOON + timedelta(minutes=10)) == 2
    assert asked <= 2


def test_a_wrong_key_rests_until_somebody_gives_another(luna, order):
    connection = connect(luna, "sms")
    want(order)

    with provider("sms", as_json({"code": 20003, "message": "Authenticate"}, "401 Unauthorized")):
        send()
    inbound.configure(connection, settings=connection.settings)
    Message.objects.update(due_at=NOON)
    with provider("sms", TAKEN):
        assert send(NOON + timedelta(seconds=1)) == 1


def test_no_more_in_ten_seconds_than_the_account_may(luna, order, monkeypatch):
    connect(luna, "sms")
    from passaparola.messages.channels.sms.channel import SmsChannel

    monkeypatch.setattr(SmsChannel, "per_ten_seconds", 3)
    for number in range(8):
        want(order, f"sms-{number}")

    with provider("sms", TAKEN) as server:
        while send():
            pass
        assert len(server.asked) == 3
        while send(NOON + timedelta(seconds=10)):
            pass
        assert len(server.asked) == 6


def test_a_number_that_takes_no_texts_is_never_written_to_again(luna, order):
    connect(luna, "sms")
    want(order)

    with provider("sms", as_json({"code": 21614, "message": "not a mobile number"}, "400 Bad Request")):
        send()

    assert Message.objects.get(channel="sms").state == "failed"
    assert Message.objects.get(channel="email").state == "asked"  # they hear of it all the same
    assert (Suppression.objects.get().channel, Suppression.objects.get().address) == ("sms", GIULIA)
    assert want(order, "sms-2").reason == "hard_bounce"


def test_the_cost_is_reckoned_by_the_most_precise_price_and_the_parts(luna, order):
    connect(luna, "sms")
    Price.objects.create(store=luna, channel="sms", amount=Decimal("0.2"))
    Price.objects.create(store=luna, channel="sms", country="IT", amount=Decimal("0.0716"))
    want(order)

    with provider("sms", TAKEN):
        send()

    assert Message.objects.get().cost == Decimal("0.1432")


def test_a_chat_costs_nothing_and_needs_no_price(luna, order, giulia):
    connect(luna, "telegram")
    Reach.objects.create(store=luna, customer=giulia, channel="telegram", address="4242")
    want(order, channel="telegram")

    with provider("telegram", as_json({"ok": True, "result": {"message_id": 5}})):
        send()

    message = Message.objects.get()
    assert (message.state, message.provider_id, message.cost) == ("sent", "4242:5", 0)


def test_a_receipt_that_comes_before_its_name_is_written_down_is_not_lost(luna, order):
    connection = connect(luna, "sms")
    want(order)

    twilio_says(connection, MessageSid="SM1", MessageStatus="delivered")
    inbound.read_waiting(now=NOON)
    assert EarlyWord.objects.get().provider_id == "SM1"
    with provider("sms", TAKEN):
        send()

    assert Message.objects.get().delivered_at is not None
    assert not EarlyWord.objects.exists()


def test_words_about_messages_of_other_programs_age_away(luna):
    connection = connect(luna, "sms")
    twilio_says(connection, MessageSid="SM-other", MessageStatus="sent")
    inbound.read_waiting(now=NOON)

    twilio_says(connection, MessageSid="SM-newer", MessageStatus="sent")
    inbound.read_waiting(now=NOON + timedelta(hours=2))

    assert [word.provider_id for word in EarlyWord.objects.all()] == ["SM-newer"]
