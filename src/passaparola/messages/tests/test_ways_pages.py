"""The team's page of channels, and the customer's page of where to be written to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from tests.pages import Asked, StaffPages, everything_kept

from passaparola.inbound.models import Connection
from passaparola.kernel.http.tests.servers import answer
from passaparola.messages.channels.tests.provider import as_json
from passaparola.messages.models import Message, Price, Reach
from passaparola.messages.tests.elsewhere import connect, provider
from passaparola.messages.ways import urls
from passaparola.orders.links import order_token
from passaparola.orders.models import Order

KEYS = {
    "endpoint": "https://push.browser.example/1",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
"""The browser in the example of RFC 8291."""


@dataclass
class World:
    telegram: Connection
    price: Price
    order: Order


@pytest.fixture
def world(luna, giulia, place_order) -> World:
    now = datetime.now(UTC)
    order = place_order(tell=False)
    price = Price.objects.create(store=luna, channel="sms", country="IT", amount=Decimal("0.0716"))
    given: dict[str, Any] = {
        "store": luna,
        "customer": giulia,
        "order": order,
        "kind": "shipped",
        "language": "it",
    }
    given |= {"purpose": "transactional", "channel": "sms", "to_address": "+393331234567", "asked_at": now}
    given |= {"not_before": now, "expires_at": now, "due_at": now, "sent_at": now}
    Message.objects.create(key="1", delivered_at=now, units=2, cost=Decimal("0.1432"), **given)
    Message.objects.create(key="2", undelivered_at=now, **given)
    return World(connect(luna, "telegram"), price, order)


class TestChannelPages(StaffPages):
    urls = SimpleNamespace(app_name="messages", urlpatterns=urls.urlpatterns)
    addresses = {
        "stay-in-touch": Asked(lambda world: {"token": "x"}, is_public=True),
        "channels": Asked(found=("SMS (Twilio)", "Telegram", "0.0716", "€0.14", "1 without a price")),
        "channel-price": Asked(
            gets=False,
            posts=lambda _: {"channel": "sms", "country": "de", "amount": "0.09"},
            is_for_owners=True,
        ),
        "channel-price-drop": Asked(
            lambda world: {"price_id": world.price.pk},
            gets=False,
            posts=lambda _: {},
            is_for_owners=True,
            is_of_one=True,
        ),
        "channel-announce": Asked(
            lambda world: {"connection_id": world.telegram.pk},
            gets=False,
            posts=lambda _: {},
            is_for_owners=True,
            is_of_one=True,
        ),
    }


def test_a_price_is_kept_and_said_again_it_is_changed(client, world, chiara):
    client.force_login(chiara)

    for amount in ("0.08", "0.09"):
        client.post("/office/channels/prices/", {"channel": "sms", "country": "it", "amount": amount})

    assert [(line.country, line.amount) for line in Price.objects.all()] == [("IT", Decimal("0.09"))]


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "-1"},
        {"amount": "free"},
        {"country": "Italia"},
        {"channel": "pigeon"},
        {"amount": "123456.123456"},
        {"category": "x" * 40},
    ],
)
def test_a_price_that_is_none_gets_a_sentence(client, world, chiara, wrong):
    client.force_login(chiara)
    before = everything_kept()

    got = client.post("/office/channels/prices/", {"channel": "sms", "country": "", "amount": "0.1"} | wrong)

    assert got.status_code == 400
    assert everything_kept() == before


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (as_json({"ok": True, "result": True}), "from now on we hear"),
        (as_json({"ok": False, "description": "Unauthorized"}, "401 Unauthorized"), "It was refused"),
        (answer(b"x" * 200_000), "api.telegram.org"),
    ],
)
def test_telegram_is_told_where_to_post(client, world, chiara, told, words):
    client.force_login(chiara)

    with provider("telegram", told) as server:
        got = client.post(f"/office/channels/{world.telegram.pk}/announce/", follow=True)

    assert server.asked[0].path.endswith("/setWebhook")
    assert words in got.content.decode()


def test_what_is_missing_is_said(client, world, chiara, luna):
    connect(luna, "whatsapp", token="")
    client.force_login(chiara)

    assert "Still missing: token" in client.get("/office/channels/").content.decode()


def test_a_channel_is_connected_on_the_page_of_connections(client, luna, chiara):
    client.force_login(chiara)
    listed = client.get("/office/connections/").content.decode()
    assert all(name in listed for name in ("SMS (Twilio)", "WhatsApp (Cloud API)", "Telegram", "Web push"))

    client.post("/office/connections/new/channel/web_push/")
    made = client.post(
        "/office/connections/new/channel/whatsapp/",
        {"secret": "app-secret", "set_phone_number_id": "1", "set_token": "t" * 300},
    )

    assert {one.kind for one in Connection.objects.all()} == {"web_push", "whatsapp"}
    assert Connection.objects.get(kind="web_push").secret
    assert Connection.objects.get(kind="whatsapp").token in made.content.decode()  # the verify token
    assert "t" * 300 not in made.content.decode()


# The customer's page.


@pytest.fixture
def page(world) -> str:
    return f"/o/{order_token(world.order.pk, now=datetime.now(UTC))}/stay-in-touch/"


def test_it_offers_what_the_shop_has_connected_and_nothing_else(client, page, luna):
    got = client.get(page).content.decode()
    assert "https://t.me/luna_bot?start=" in got
    assert "WhatsApp" not in got
    assert "notices" not in got

    connect(luna, "whatsapp")
    connect(luna, "web_push")

    got = client.get(page).content.decode()
    assert "https://wa.me/39055123?text=Start%20" in got
    assert 'id="notices"' in got
    assert len(got) < 15_000


def test_where_there_is_nothing_to_choose_nobody_is_told_to_choose(client, page, world):
    assert "choose here" in client.get(f"{page}?lang=en").content.decode()
    world.telegram.delete()

    got = client.get(f"{page}?lang=en").content.decode()

    assert "choose here" not in got
    assert "Bottega Luna writes nowhere else yet" in got


@pytest.mark.parametrize("language", ["en", "it"])
def test_it_speaks_both_languages(client, page, language):
    got = client.get(f"{page}?lang={language}").content.decode()

    assert f'<html lang="{language}"' in got
    assert ("Dove ti scriviamo?" in got) is (language == "it")


def test_a_browser_is_kept_and_forgotten(client, page, luna, giulia):
    connect(luna, "web_push")

    assert client.post(page, KEYS).status_code == 302
    kept = Reach.objects.get()
    assert (kept.customer, kept.channel, kept.ended_at) == (giulia, "web_push", None)
    assert KEYS["endpoint"] in kept.keys

    assert client.post(page, KEYS | {"stop": "yes"}).status_code == 302
    kept.refresh_from_db()
    assert kept.ended_at is not None
    assert not kept.keys


def test_the_same_browser_twice_is_one(client, page):
    client.post(page, KEYS)
    client.post(page, KEYS)

    assert Reach.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": ""},
        {"endpoint": "http://push.example/1"},
        {"endpoint": "https://user:pass@push.example/"},
        {"endpoint": "https://2130706433/"},
        {"endpoint": "https://push.example/" + "x" * 1_500},
        {"p256dh": "AAAA"},
        {"auth": ""},
        {"auth": "\0"},
    ],
)
def test_what_is_no_browser_is_not_kept(client, page, wrong):
    got = client.post(page, KEYS | wrong)

    assert got.status_code == 400
    assert "nothing was kept" in got.content.decode() or "non abbiamo salvato" in got.content.decode()
    assert not Reach.objects.exists()


def test_ten_browsers_are_enough_and_the_oldest_makes_room(client, page):
    for number in range(12):
        client.post(page, KEYS | {"endpoint": f"https://push.browser.example/{number}"})

    assert Reach.objects.filter(ended_at=None).count() == 10
    assert Reach.objects.exclude(ended_at=None).order_by("pk").first().keys == ""


def test_nobody_tries_for_ever(client, page):
    answers = [client.post(page, KEYS | {"endpoint": ""}).status_code for _ in range(21)]

    assert answers[-1] == 429
    assert set(answers[:-1]) == {400}


def test_looking_changes_nothing_and_a_forged_link_opens_nothing(client, page):
    before = everything_kept()

    assert client.get(page).status_code == 200
    assert client.head(page).status_code == 200
    assert client.get("/o/forged/stay-in-touch/").status_code == 404
    assert client.post("/o/forged/stay-in-touch/", KEYS).status_code == 404
    assert everything_kept() == before


def test_the_team_sees_where_a_customer_is_reached(client, world, giulia, chiara):
    Reach.objects.create(store=giulia.store, customer=giulia, channel="telegram", address="4242")
    client.force_login(chiara)

    got = client.get(f"/office/customers/{giulia.pk}/").content.decode()

    assert "Reached beside e-mail" in got
    assert "4242" in got
