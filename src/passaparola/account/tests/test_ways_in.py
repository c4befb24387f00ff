"""Getting in: a code to a proved address, the same answer for everybody, sessions that can be ended."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import NOON

from passaparola.account import actions
from passaparola.account.actions.codes import code_of
from passaparola.account.models import AccountCode, AccountSession
from passaparola.account.spoken import goes_along
from passaparola.account.tests import orders
from passaparola.customers import actions as customers
from passaparola.customers.actions import Told
from passaparola.customers.facts import CustomerFacts
from passaparola.customers.models import Contact, Customer, Identity
from passaparola.messages.channel import CHANNELS
from passaparola.messages.kind import KINDS
from passaparola.messages.letters import Letters
from passaparola.messages.models import Message
from passaparola.orders.links import order_path
from passaparola.orders.models import Order
from passaparola.returns.models import Return
from passaparola.stores.models import Member, Store

SIGN_IN = "/s/bottega-luna/account/sign-in/"
HOME = "/s/bottega-luna/account/"
PAGE = f"{HOME}?lang=en"
ENGLISH = {"accept-language": "en"}


def asked(client: Client, address: str) -> tuple[str, AccountCode]:
    """Ask for a code and let the worker send it; returns where to give it back."""
    answer = client.post(SIGN_IN, {"address": address}, headers=ENGLISH)
    assert answer.status_code == 302, answer.content.decode()
    actions.send_codes(datetime.now(UTC))
    return answer["Location"], AccountCode.objects.latest("pk")


def let_in(client: Client, address: str) -> Any:
    where, row = asked(client, address)
    return client.post(where, {"code": code_of(row)}, headers=ENGLISH)


def test_a_code_by_mail_opens_the_account(client: Client, giulias: Order) -> None:
    answer = let_in(client, " Giulia@Posta.example ")

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    home = client.get(PAGE).content.decode()
    assert "Order BL-10240" in home
    assert "Giulia" in home


@pytest.mark.parametrize(("chosen", "browsers"), [("it", "en"), ("en", "it")])
def test_the_language_chosen_stays_through_the_sign_in(
    client: Client, giulias: Order, chosen: str, browsers: str
) -> None:
    speaks = {"accept-language": browsers}
    asked_in = client.post(
        f"{SIGN_IN}?lang={chosen}", {"address": "giulia@posta.example"}, headers=speaks, follow=True
    )
    where, _ = asked_in.redirect_chain[-1]
    actions.send_codes(datetime.now(UTC))
    code = code_of(AccountCode.objects.latest("pk"))

    opened = client.post(where, {"code": code}, headers=speaks, follow=True)
    signed_out = client.post(f"{HOME}sign-out/?lang={chosen}", headers=speaks, follow=True)

    for page in (asked_in, opened, signed_out):
        assert page.status_code == 200
        assert f'<html lang="{chosen}"' in page.content.decode()


def test_a_code_asked_for_on_an_orders_page_is_asked_for_in_its_language(
    client: Client, giulias: Order
) -> None:
    Order.objects.filter(pk=giulias.pk).update(language="it")
    path = order_path(giulias.pk, now=datetime.now(UTC))

    page = client.post(f"{path}account/", headers=ENGLISH, follow=True)

    assert '<html lang="it"' in page.content.decode()


def test_an_answer_that_leads_elsewhere_is_left_alone() -> None:
    for where in ("https://shop.example/", "//shop.example/", "/s/x/?lang=en"):
        assert goes_along(HttpResponse(headers={"Location": where}), "it")["Location"] == where
    assert goes_along(HttpResponse(), "it").headers.get("Location") is None
    assert (
        goes_along(HttpResponse(headers={"Location": "/s/x/?a=1#b"}), "it")["Location"]
        == "/s/x/?a=1&lang=it#b"
    )


def test_the_code_stands_in_the_mail_and_nowhere_in_the_database(client: Client, giulias: Order) -> None:
    _, row = asked(client, "giulia@posta.example")
    message = Message.objects.get(kind="sign_in_code")
    letters = Letters.of([(message, KINDS["sign_in_code"])], {giulias.store_id: giulias.store}, NOON)

    veiled = letters.letter(message, KINDS["sign_in_code"]).data
    letters.opens_seals = True
    sent = letters.letter(message, KINDS["sign_in_code"]).data

    assert (message.to_address, message.order_id) == ("giulia@posta.example", None)
    assert sent["data"]["code"] == code_of(row)
    assert code_of(row) not in str(veiled)
    assert code_of(row) not in str(list(Message.objects.values()) + list(AccountCode.objects.values()))


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, giulias: Order) -> None:
    known = client.post(SIGN_IN, {"address": "giulia@posta.example"}, headers=ENGLISH)
    unknown = client.post(SIGN_IN, {"address": "nobody@posta.example"}, headers=ENGLISH)
    pages = [client.get(answer["Location"], headers=ENGLISH).content.decode() for answer in (known, unknown)]
    actions.send_codes(datetime.now(UTC))

    tidy = [re.sub(r"csrf\S+ value=\S+|account/code/\S+|[gn]••••", "", page) for page in pages]
    assert known.status_code == unknown.status_code == 302
    assert tidy[0] == tidy[1]
    assert list(Message.objects.values_list("to_address", flat=True)) == ["giulia@posta.example"]


def test_the_page_asks_the_same_of_the_database_whoever_is_typed(client: Client, giulias: Order) -> None:
    client.post(SIGN_IN, {"address": "warm@up.example"})
    counts = []
    for address in ("giulia@posta.example", "nobody@posta.example"):
        with CaptureQueriesContext(connection) as asked_for:
            client.post(SIGN_IN, {"address": address})
        counts.append([re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in asked_for])

    assert counts[0] == counts[1]


def test_nobody_signs_in_with_a_code_that_went_nowhere(client: Client, giulias: Order) -> None:
    answer = let_in(client, "nobody@posta.example")

    assert answer.status_code == 400
    assert not AccountSession.objects.exists()


def test_a_code_works_once(client: Client, giulias: Order) -> None:
    where, row = asked(client, "giulia@posta.example")
    first, second = (client.post(where, {"code": code_of(row)}, headers=ENGLISH) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 400)
    assert AccountSession.objects.count() == 1


def test_five_wrong_tries_spend_the_code(client: Client, giulias: Order) -> None:
    where, row = asked(client, "giulia@posta.example")
    wrong = f"{(int(code_of(row)) + 1) % 10**6:06}"

    for _ in range(5):
        assert client.post(where, {"code": wrong}).status_code == 400
    assert client.post(where, {"code": code_of(row)}).status_code == 400
    assert not AccountSession.objects.exists()


def test_an_old_code_opens_nothing(client: Client, giulias: Order) -> None:
    where, row = asked(client, "giulia@posta.example")
    AccountCode.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))

    answer = client.post(where, {"code": code_of(row)})

    assert answer["Location"] == SIGN_IN
    assert not AccountSession.objects.exists()


def test_asking_again_and_again_is_stopped(client: Client, giulias: Order) -> None:
    answers = [client.post(SIGN_IN, {"address": "giulia@posta.example"}).status_code for _ in range(8)]

    assert answers.count(429) >= 4
    assert AccountCode.objects.count() == answers.count(302) <= 4


def test_an_order_link_asks_for_the_code_of_its_own_address(client: Client, giulias: Order) -> None:
    path = order_path(giulias.pk, now=datetime.now(UTC))
    answer = client.post(f"{path}account/")
    actions.send_codes(datetime.now(UTC))

    assert "/account/code/" in answer["Location"]
    assert AccountCode.objects.get().address == giulias.email
    assert client.get(HOME).status_code == 302, "the link alone opens no account"


def test_signing_out_everywhere_ends_every_session(giulias: Order) -> None:
    phone, desk = Client(), Client()
    for client in (phone, desk):
        let_in(client, "giulia@posta.example")

    desk.post(f"{HOME}sign-out/", {"everywhere": "yes"})

    assert [client.get(HOME).status_code for client in (phone, desk)] == [302, 302]
    assert not AccountSession.objects.filter(ended_at=None).exists()


def test_signing_out_here_leaves_the_other_device_let_in(giulias: Order) -> None:
    phone, desk = Client(), Client()
    for client in (phone, desk):
        let_in(client, "giulia@posta.example")

    desk.post(f"{HOME}sign-out/")

    assert [client.get(HOME).status_code for client in (phone, desk)] == [200, 302]


def test_a_session_of_one_shop_opens_nothing_in_another(
    client: Client, giulias: Order, stranger: Member
) -> None:
    let_in(client, "giulia@posta.example")
    client.cookies["account"]["path"] = "/"

    assert client.get(HOME).status_code == 200
    assert client.get("/s/altrove/account/").status_code == 302


def test_an_erased_person_has_no_session(client: Client, giulia: Customer, giulias: Order) -> None:
    let_in(client, "giulia@posta.example")
    Customer.objects.filter(pk=giulia.pk).update(erased_at=datetime.now(UTC))

    assert client.get(HOME).status_code == 302


def test_a_telephone_number_is_answered_to_the_address_that_used_it(
    client: Client, giulia: Customer, giulias: Order
) -> None:
    Contact.objects.create(customer=giulia, kind="phone", value="+393331234567")

    answer = let_in(client, "333 123 4567")

    assert answer["Location"].startswith(HOME)
    assert AccountSession.objects.get().address == "giulia@posta.example"


class TestBySms:
    """A number that somebody else may have typed beside a customer's address opens nothing of theirs."""

    @pytest.fixture(autouse=True)
    def _texts_are_sent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(type(CHANNELS["sms"]), "is_ready", lambda _self: True)

    def test_a_strangers_number_in_an_order_with_my_address_lets_nobody_in(
        self, giulia: Customer, giulias: Order, luna: Store
    ) -> None:
        facts = CustomerFacts(email="giulia@posta.example", phone="+393339999999", country="IT")
        customers.record([Told(luna.pk, "shopify", facts)], now=datetime.now(UTC))
        assert Contact.objects.filter(customer=giulia, value="+393339999999").exists()

        code = actions.ask_code(
            luna, typed="+39 333 999 9999", language="it", source="1.2.3.4", now=datetime.now(UTC)
        )
        actions.send_codes(datetime.now(UTC))

        code.refresh_from_db()
        assert code.sent_to == "giulia@posta.example", "it is told to the address, never to the number"

    def test_who_has_left_a_number_alone_gets_in_with_it(self, luna: Store) -> None:
        facts = CustomerFacts(phone="+393338888888", country="IT")
        (person,) = customers.record([Told(luna.pk, "shopify", facts)], now=datetime.now(UTC))

        code = actions.ask_code(
            luna, typed="333 888 8888", language="it", source="1.2.3.4", now=datetime.now(UTC)
        )
        actions.send_codes(datetime.now(UTC))
        code.refresh_from_db()

        assert code.sent_to == "+393338888888"
        assert actions.sign_in(code, browser="", now=datetime.now(UTC))
        assert AccountSession.objects.get().customer_id == person.customer_id


class TestWhoIsShown:
    """What a proved address opens, and what it does not."""

    @pytest.fixture
    def account(self, luna: Store) -> Customer:
        """A customer's account in a shop that does not verify addresses."""
        made = Customer.objects.create(store=luna, first_name="Giulia", email="giulia@posta.example")
        Identity.objects.create(store=luna, key="account:woo:7", customer=made)
        Contact.objects.create(customer=made, kind="email", value="giulia@posta.example")
        return made

    def test_guest_orders_and_an_account_with_the_same_address_are_one(
        self, client: Client, giulia: Customer, giulias: Order, account: Customer, luna: Store
    ) -> None:
        orders.order(luna, account, external_id="7", number="BL-7", email="giulia@posta.example")

        let_in(client, "giulia@posta.example")
        home = client.get(PAGE).content.decode()

        assert "BL-7" in home
        assert "BL-10240" in home
        people = {
            row.merged_into_id or row.pk for row in Customer.objects.filter(pk__in=[giulia.pk, account.pk])
        }
        assert len(people) == 1
        assert Identity.objects.get(key="email:giulia@posta.example").verified_at

    def test_an_account_that_had_another_address_too_is_not_joined(
        self, client: Client, giulia: Customer, giulias: Order, account: Customer, luna: Store
    ) -> None:
        Contact.objects.create(customer=account, kind="email", value="ugo@altrove.example")
        orders.order(luna, account, external_id="7", number="BL-7", email="giulia@posta.example")
        orders.order(luna, account, external_id="8", number="BL-8", email="ugo@altrove.example")

        let_in(client, "giulia@posta.example")
        home = client.get(PAGE).content.decode()
        ugo = Client()
        let_in(ugo, "ugo@altrove.example")
        his = ugo.get(PAGE).content.decode()

        assert "BL-7" in home
        assert "BL-8" not in home
        assert "BL-8" in his
        assert "BL-10240" not in his
        assert "BL-7" not in his


@pytest.mark.parametrize("typed", ["", "x", "12", "@", "a@", "<script>@x.y z"])
def test_nonsense_is_refused_kindly(client: Client, luna: Store, typed: str) -> None:
    answer = client.post(SIGN_IN, {"address": typed}, headers=ENGLISH)

    assert answer.status_code == 400
    assert not AccountCode.objects.exists()


def test_guessed_sessions_and_codes_open_nothing(client: Client, giulias: Order) -> None:
    let_in(client, "giulia@posta.example")
    good = client.cookies["account"].value
    client.logout()
    for guess in (good[:-1], good + "x", good.lower(), "", "x" * 43, "é" * 43):
        client.cookies["account"] = guess

        assert client.get(HOME).status_code == (200 if guess == good else 302)
    assert client.get("/s/bottega-luna/account/code/AAAA/").status_code == 302


def test_the_home_asks_six_things_at_most_whatever_is_in_it(
    signed_in: Client, luna: Store, giulia: Customer
) -> None:
    for n in range(50):
        orders.order(luna, giulia, external_id=f"more-{n}", number=f"BL-{n}")

    with CaptureQueriesContext(connection) as asked_for:
        html = signed_in.get(PAGE).content.decode()

    assert html.count("/o/") >= 50
    assert len(asked_for) <= 5, "and one more that goes past Django, prepared: the orders under way"


def test_what_has_to_be_sent_back_stands_first(signed_in: Client, giulias: Order) -> None:
    now = datetime.now(UTC)
    Return.objects.create(
        store=giulias.store,
        order=giulias,
        number="BL-10240-R1",
        key="k",
        language="en",
        currency="EUR",
        resolution="refund",
        way="label",
        requested_at=now,
        approved_at=now,
        send_by=now + timedelta(days=3),
    )

    html = signed_in.get(PAGE).content.decode()

    assert "This needs you" in html
    assert "BL-10240-R1" in html
