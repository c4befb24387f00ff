"""What providers and customers tell: receipts, words, windows, and STOP."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from tests.cast import NOON

from passaparola.customers import privacy
from passaparola.customers.models import Contact
from passaparola.inbound import actions as inbound
from passaparola.inbound.models import Delivery
from passaparola.kernel.models import EventRecord
from passaparola.messages import actions
from passaparola.messages.actions import Wanted
from passaparola.messages.channels.tests.provider import as_json
from passaparola.messages.links import start_token
from passaparola.messages.models import Consent, Message, Price, Reach, Suppression
from passaparola.messages.reaching import reachable
from passaparola.messages.tests.elsewhere import (
    GIULIA,
    connect,
    meta_says,
    post,
    provider,
    telegram_says,
    twilio_says,
)
from passaparola.promises import actions as promises
from passaparola.promises.models import Promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def giulia(giulia):
    giulia.phone = GIULIA
    giulia.save()
    Contact.objects.create(customer=giulia, kind="phone", value=GIULIA)
    return giulia


@pytest.fixture
def sent(luna, place_order):
    """A text message that Twilio has taken as SM1."""
    order = place_order(tell=False)
    wanted = Wanted(store_id=luna.pk, key="1", kind="order_link", order_id=order.pk)
    actions.ask([wanted], now=NOON)
    Message.objects.update(channel="sms", to_address=GIULIA, sent_at=NOON, provider_id="SM1", units=1)
    return Message.objects.get()


def read():
    return inbound.read_waiting(now=timezone.now())


def events(kind):
    return list(EventRecord.objects.filter(kind=kind).order_by("pk"))


def test_only_who_knows_the_secret_is_heard(luna):
    connection = connect(luna, "sms")

    assert post(connection, b"MessageSid=SM1", {}).startswith("400")
    assert post(connection, b"MessageSid=SM1", {"x-twilio-signature": "x"}).startswith("401")
    # Not even an empty page: Twilio would send what stands on it to the customer.
    assert twilio_says(connection, MessageSid="SM1", MessageStatus="sent") == "204 No Content"


def test_receipts_mark_the_message_and_are_told_once(luna, sent):
    connection = connect(luna, "sms")

    for _again in range(2):
        twilio_says(connection, MessageSid="SM1", MessageStatus="delivered", To=GIULIA)
        read()
        inbound.read_again(list(Delivery.objects.values_list("pk", flat=True)), now=timezone.now())

    sent.refresh_from_db()
    assert sent.delivered_at is not None
    assert len(events("MessageDelivered")) == 1


STEPS = [("sent", ""), ("delivered", ""), ("undelivered", "30003")]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
@pytest.mark.parametrize("together", [True, False])
def test_in_whatever_order_receipts_come_the_message_ends_the_same(luna, sent, order, together):
    connection = connect(luna, "sms")

    for place in order:
        status, code = STEPS[place]
        twilio_says(connection, MessageSid="SM1", MessageStatus=status, ErrorCode=code)
        if not together:
            read()
    read()

    sent.refresh_from_db()
    assert sent.delivered_at is not None
    assert sent.undelivered_at is not None
    assert (sent.state, sent.reason) == ("sent", "")  # it arrived after all


def test_what_did_not_arrive_says_why_and_silences_a_number_that_is_none(luna, sent):
    connection = connect(luna, "sms")

    twilio_says(connection, MessageSid="SM1", MessageStatus="undelivered", ErrorCode="30006")
    read()

    sent.refresh_from_db()
    assert sent.why("en") == "It was sent and could not be delivered: 30006"
    assert Suppression.objects.get().reason == "hard_bounce"
    assert events("MessageUndelivered")[0].customer_id == sent.customer_id


def test_another_shops_receipts_touch_nothing(luna, sent, stranger):
    connection = connect(stranger.stores.get(), "sms")

    twilio_says(connection, MessageSid="SM1", MessageStatus="delivered")
    read()

    sent.refresh_from_db()
    assert sent.delivered_at is None


def test_the_category_that_whatsapp_names_decides_the_price(luna, sent):
    connection = connect(luna, "whatsapp")
    Message.objects.update(channel="whatsapp", provider_id="wamid.1")
    Price.objects.create(store=luna, channel="whatsapp", country="IT", category="utility", amount="0.03")
    status = {"id": "wamid.1", "status": "sent", "timestamp": "1763463600"}

    meta_says(connection, statuses=[status | {"pricing": {"billable": True, "category": "utility"}}])
    read()
    sent.refresh_from_db()
    assert str(sent.cost) == "0.03000"

    meta_says(connection, statuses=[status | {"pricing": {"billable": False, "category": "service"}}])
    read()
    sent.refresh_from_db()
    assert sent.cost == 0


# What customers write.


def whatsapp_from(sender, words, at):
    said = {"from": sender, "id": f"wamid.{words}", "timestamp": str(int(at.timestamp())), "type": "text"}
    return said | {"text": {"body": words}}


def test_what_a_customer_writes_is_told_with_who_it_is_and_opens_the_window(luna, giulia):
    connection = connect(luna, "whatsapp", template="")
    assert reachable(giulia, now=timezone.now()) == {}

    now = timezone.now()
    meta_says(connection, messages=[whatsapp_from("393331234567", "Quando arriva?", now)])
    read()

    (told,) = events("CustomerWrote")
    assert (told.customer_id, told.data["words"]) == (giulia.pk, "Quando arriva?")
    assert reachable(giulia, now=now + timedelta(hours=23)) == {"whatsapp": GIULIA}
    assert reachable(giulia, now=now + timedelta(hours=24)) == {}


def test_whoever_writes_is_owed_one_answer_until_there_is_one(luna, giulia):
    connection = connect(luna, "whatsapp")

    def writes(words):
        said = whatsapp_from("393331234567", words, timezone.now())
        meta_says(connection, messages=[said])
        read()

    for words in ("Quando arriva?", "Ci siete?", "STOP"):
        writes(words)

    owed = Promise.objects.get(kind="reply_message")
    assert (owed.evidence, owed.customer, owed.said_in) == ("Quando arriva?", giulia, "standard")
    assert Promise.objects.in_person().get() == owed
    promises.keep([(luna.pk, owed.key)], at=timezone.now(), now=timezone.now())
    writes("Grazie! E il vaso?")
    assert Promise.objects.open().get(kind="reply_message").evidence == "Grazie! E il vaso?"


def test_whoever_is_not_known_is_heard_all_the_same(luna):
    connection = connect(luna, "whatsapp")

    meta_says(connection, messages=[whatsapp_from("4915112345678", "Hallo", timezone.now())])
    read()

    assert events("CustomerWrote")[0].customer_id is None
    assert Reach.objects.get().customer is None


def test_a_crowd_of_strangers_is_owed_ten_answers_and_one_for_all_the_others(luna, giulia):
    connection = connect(luna, "whatsapp")

    def write(numbers):
        meta_says(
            connection,
            messages=[
                whatsapp_from(number, f"Guadagna subito {number}", timezone.now()) for number in numbers
            ],
        )
        read()

    write(f"49151123{n:05}" for n in range(30))
    write(["4915112399998", "393331234567"])

    owed = Promise.objects.open().filter(kind="reply_message")
    assert (owed.count(), owed.filter(customer=giulia).count(), owed.exclude(words={}).count()) == (12, 1, 1)
    promises.keep([(luna.pk, one.key) for one in owed], at=timezone.now(), now=timezone.now())
    write(["4915112399999"])
    assert owed.all().get().words == {}


def test_stop_silences_the_channel_at_once_and_no_other(luna, giulia, sent):
    connection = connect(luna, "sms")
    Message.objects.update(sent_at=None, provider_id="")  # it waits in the outbox

    twilio_says(connection, MessageSid="SM9", From=GIULIA, Body=" Stop. ", SmsStatus="received")
    read()

    assert actions.send_connected(NOON) == 1
    sent.refresh_from_db()
    assert (sent.state, sent.reason) == ("dropped", "stopped")
    assert {(c.channel, c.is_given, c.source) for c in Consent.objects.all()} == {("sms", False, "word")}
    assert len(events("Unsubscribed")) == 1
    assert reachable(giulia, now=NOON) == {}


def test_start_takes_the_stop_back_and_an_old_stop_read_again_does_not_return(luna, giulia):
    connection = connect(luna, "sms")
    twilio_says(connection, MessageSid="SM9", From=GIULIA, Body="STOP", SmsStatus="received")
    read()
    old = list(Delivery.objects.values_list("pk", flat=True))
    twilio_says(connection, MessageSid="SM10", From=GIULIA, Body="START", SmsStatus="received")
    read()
    assert reachable(giulia, now=NOON) == {"sms": GIULIA}

    inbound.read_again(old, now=NOON)
    read()

    assert reachable(giulia, now=NOON) == {"sms": GIULIA}
    assert not Consent.objects.filter(is_given=True).exists()


def test_a_chat_begun_from_an_order_is_that_customers_and_is_welcomed(luna, giulia, place_order):
    connection = connect(luna, "telegram")
    order = place_order(tell=False)
    now = timezone.now()

    telegram_says(connection, f"/start {start_token(order.pk, now=now)}", at=int(now.timestamp()))
    read()

    assert reachable(giulia, now=now) == {"telegram": "4242"}
    welcome = Message.objects.get(kind="channel_linked")
    assert (welcome.channel, welcome.to_address) == ("telegram", "4242")
    assert events("CustomerWrote") == []  # the token is nobody's business
    with provider("telegram", as_json({"ok": True, "result": {"message_id": 5}})) as server:
        actions.send_connected(timezone.now())
    said = server.asked[0].body.decode()
    assert all(where in said for where in ("/o/", "/u/"))  # the order, and where to choose what comes there


@pytest.mark.parametrize("token", ["", "forged", "x" * 64])
def test_a_forged_start_links_nobody(luna, giulia, token):
    connection = connect(luna, "telegram")

    telegram_says(connection, f"/start {token}", at=1)
    read()

    assert Reach.objects.get().customer is None
    assert not Message.objects.exists()


def test_an_order_of_another_shop_links_nobody(luna, place_order, stranger):
    connection = connect(stranger.stores.get(), "telegram")
    order = place_order(tell=False)
    now = timezone.now()

    telegram_says(connection, f"/start {start_token(order.pk, now=now)}", at=int(now.timestamp()))
    read()

    assert Reach.objects.get().customer is None


def test_whoever_blocks_the_bot_is_not_reached_there_until_they_come_back(luna, giulia, place_order):
    connection = connect(luna, "telegram")
    token = start_token(place_order(tell=False).pk, now=timezone.now())
    start = datetime(2026, 11, 18, 11, tzinfo=UTC)
    at = int(start.timestamp())
    telegram_says(connection, f"/start {token}", update=1, at=at)
    read()
    gone = {
        "chat": {"id": 4242},
        "date": at + 10,
        "new_chat_member": {"status": "kicked"},
    }

    telegram_says(connection, "", update=2, my_chat_member=gone)
    read()
    assert reachable(giulia, now=NOON) == {}
    blocked = actions.Silence(
        store_id=luna.pk, channel="telegram", address="4242", reason="hard_bounce", made_at=start
    )
    actions.silence([blocked], now=start)

    telegram_says(connection, "Eccomi", update=3, at=at + 20)
    read()
    assert reachable(giulia, now=NOON) == {"telegram": "4242"}
    assert actions.silence([replace(blocked, made_at=NOON + timedelta(days=1))], now=NOON) == 1


def test_what_cannot_be_read_is_kept_and_holds_up_nobody(luna, sent):
    connection = connect(luna, "sms")
    twilio_says(connection, Nothing="here")
    twilio_says(connection, MessageSid="SM1", MessageStatus="delivered")

    read()

    assert list(Delivery.objects.order_by("pk").values_list("outcome", flat=True)) == ["failed", "recorded"]


def test_meta_is_told_the_challenge_and_strangers_are_not(luna, client):
    connection = connect(luna, "whatsapp")
    path = f"/hooks/channel/whatsapp/{connection.token}/"
    asked = {"hub.mode": "subscribe", "hub.challenge": "12345", "hub.verify_token": connection.token}

    assert client.get(path, asked).content == b"12345"
    assert client.get(path, asked | {"hub.verify_token": "x"}).status_code == 405
    assert client.get(path).status_code == 405


def test_whoever_asks_to_be_forgotten_is_forgotten_in_chats_too(luna, giulia, place_order):
    connection = connect(luna, "telegram")
    now = timezone.now()
    token = start_token(place_order(tell=False).pk, now=now)
    for update, words in enumerate((f"/start {token}", "La mia tazza è rotta"), 1):
        telegram_says(connection, words, update=update, at=int(now.timestamp()), chat="424242")
    read()
    person = privacy.person_of(giulia)
    told = privacy.export_of(person)["messages"]
    assert told["reached"][0]["address"] == "424242"
    assert told["wrote"][0]["data"]["words"] == "La mia tazza è rotta"

    privacy.erase(person, now=now)

    assert not Reach.objects.exists()
    assert [event.data for event in events("CustomerWrote")] == [{}]
    assert {bytes(delivery.body) for delivery in Delivery.objects.all()} == {b""}
    assert not Message.objects.filter(to_address="424242").exists()
