"""On the shop's own site: the widget in a frame, and a name of the shop's own."""

import gzip
from urllib.parse import urlsplit

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOON

from passaparola.account.actions import ask_follower
from passaparola.account.fast import serve
from passaparola.account.links import follow_path, gift_path
from passaparola.account.rules.ways_in import is_host, is_origin
from passaparola.messages.actions import sign_up
from passaparola.messages.actions.signing_up import confirm_link
from passaparola.messages.kind import KINDS
from passaparola.messages.letters import Letters
from passaparola.messages.links import preferences_link
from passaparola.messages.models import Message
from passaparola.orders.links import order_link, order_path
from passaparola.orders.models import Order
from passaparola.stores import hosts
from passaparola.stores.models import Member, Store

NOW = NOON
WIDGET = "/s/bottega-luna/widget/"
PAGES = "/office/customer-pages/"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    hosts._SLUGS.clear()


def visitor(html: str) -> str:
    return html.split('name="visitor" value="')[1].split('"', maxsplit=1)[0]


class TestWidget:
    def test_the_script_is_under_two_kilobytes_and_may_be_loaded_from_elsewhere(self, luna: Store) -> None:
        answer = Client().get("/s/bottega-luna/widget.js")

        assert len(gzip.compress(answer.content)) < 2048
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert luna.brand_colour in answer.content.decode()
        assert "innerHTML" not in answer.content.decode()

    def test_only_the_shops_own_sites_may_show_it(self, luna: Store) -> None:
        luna.widget_origins = ["https://bottegaluna.example"]
        luna.save()

        policy = Client().get(WIDGET).headers["Content-Security-Policy"]

        assert "frame-ancestors 'self' https://bottegaluna.example" in policy
        assert "unsafe" not in policy

    def test_an_order_is_found_without_any_cookie(self, giulias: Order) -> None:
        client = Client(enforce_csrf_checks=True)
        token = visitor(client.get(f"{WIDGET}?lang=en").content.decode())
        typed = {"number": "10240", "email": "giulia@posta.example", "visitor": token}

        found = client.post(f"{WIDGET}?lang=en", typed)
        html = client.get(found["Location"]).content.decode()

        assert not client.cookies
        assert "Order BL-10240" in html
        for secret in ("Giulia", "Moretti", "Tortona", "Piatto", "74.50"):
            assert secret not in html
        client.post(found["Location"], {"visitor": visitor(html)})
        assert Message.objects.get().kind == "order_link"

    @pytest.mark.parametrize("token", ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAA"])
    def test_without_a_visitor_of_ours_nothing_is_looked_for(self, giulias: Order, token: str) -> None:
        typed = {"number": "10240", "email": "giulia@posta.example", "visitor": token}

        assert Client().post(WIDGET, typed).status_code == 200


class TestOwnName:
    @pytest.fixture
    def named(self, luna: Store) -> Store:
        luna.host = "orders.bottegaluna.example"
        luna.save()
        return luna

    def at(self, path: str, host: str = "orders.bottegaluna.example") -> int:
        return Client().get(path, headers={"host": host}).status_code

    def test_it_answers_for_its_shop(self, named: Store, giulias: Order) -> None:
        assert self.at("/s/bottega-luna/") == 200
        assert self.at(order_path(giulias.pk, now=NOW)) == 200
        assert self.at("/") == 302

    def test_it_answers_for_nobody_else_and_never_for_the_team(self, named: Store, stranger: Member) -> None:
        for path in ("/s/altrove/", "/office/", "/office/sign-in/", "/raw/", "/hooks/x/"):
            assert self.at(path) == 404, path

    def test_anothers_links_open_nothing_there(self, named: Store, giulias: Order, stranger: Member) -> None:
        stranger.stores.update(host="ordini.altrove.example")
        follower = ask_follower(giulias, email="nonna@posta.example", now=NOW)
        message = Message.objects.get()
        signup = sign_up(named, email="ugo@posta.example", language="it", wording="Sì", page="", now=NOW)
        paths = [
            order_path(giulias.pk, now=NOW),
            f"{order_path(giulias.pk, now=NOW)}details/",
            f"{order_path(giulias.pk, now=NOW)}return/",
            gift_path(giulias, now=NOW),
            follow_path(follower, now=NOW),
            *(
                urlsplit(link).path
                for link in (preferences_link(message.pk, now=NOW), confirm_link(signup.pk, now=NOW))
            ),
        ]

        for path in paths:
            assert self.at(path) == 200, path
            assert self.at(path, "ordini.altrove.example") == 404, path

    def test_the_fast_way_knows_it_too(self, named: Store, giulias: Order, stranger: Member) -> None:
        stranger.stores.update(host="ordini.altrove.example")
        asked = {"PATH_INFO": order_path(giulias.pk, now=NOW), "REQUEST_METHOD": "GET"}

        assert serve(asked | {"HTTP_HOST": "orders.bottegaluna.example"})
        assert serve(asked | {"HTTP_HOST": "localhost:8000"})
        assert serve(asked | {"HTTP_HOST": "ordini.altrove.example"}) is None
        assert serve(asked | {"HTTP_HOST": "evil.example"}) is None, "Django refuses it"

    @pytest.mark.parametrize(
        "host",
        ["evil.example", "orders.bottegaluna.example.evil.example", "a b", "x@orders.bottegaluna.example"],
    )
    def test_a_name_that_nobody_has_is_refused(self, named: Store, host: str) -> None:
        assert self.at("/s/bottega-luna/", host) == 400

    def test_a_form_is_taken_there(self, named: Store, giulias: Order) -> None:
        client = Client(enforce_csrf_checks=True, headers={"host": named.host or ""})
        page = client.get("/s/bottega-luna/", secure=True).content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        typed = {"number": "10240", "email": "giulia@posta.example", "csrfmiddlewaretoken": token}

        answer = client.post(
            "/s/bottega-luna/", typed, secure=True, headers={"origin": f"https://{named.host}"}
        )

        assert answer.status_code == 302

    def test_links_in_mails_lead_there(self, named: Store, giulias: Order) -> None:
        """The order's, what ends mails for good, and what begins them."""
        sign_up(named, email="ugo@posta.example", language="it", wording="Sì", page="", now=NOW)
        asked = Message.objects.get()
        letter = Letters.of([(asked, KINDS[asked.kind])], {named.pk: named}, NOW).letter(
            asked, KINDS[asked.kind]
        )

        here = "https://orders.bottegaluna.example"
        assert letter.unsubscribe_url.startswith(f"{here}/u/")
        assert asked.data["url"].startswith(f"{here}/u/confirm/")
        assert order_link(giulias.pk, now=NOW, host=named.host).startswith(f"{here}/o/")

    def test_the_owner_sets_it(self, client: Client, luna: Store, chiara: Member) -> None:
        client.force_login(chiara)
        told = {
            "change_hours": "5",
            "host": "Orders.Luna.Example.",
            "origins": "https://luna.example/\nhttps://luna.example",
        }

        client.post(PAGES, told)

        luna.refresh_from_db()
        assert (luna.change_hours, luna.host) == (5, "orders.luna.example")
        assert luna.widget_origins == ["https://luna.example"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"host": "https://x.example"},
            {"host": "localhost"},
            {"host": "1.2.3.4"},
            {"origins": "https://x.example; script-src *"},
            {"origins": "*"},
            {"origins": "javascript:alert(1)"},
            {"change_hours": "-1"},
            {"change_hours": "9999"},
        ],
    )
    def test_what_can_not_be_is_refused(
        self, client: Client, luna: Store, chiara: Member, wrong: dict[str, str]
    ) -> None:
        client.force_login(chiara)

        answer = client.post(PAGES, {"change_hours": "24", "host": "", "origins": "", **wrong})

        luna.refresh_from_db()
        assert answer.status_code == 400
        assert (luna.host, luna.widget_origins, luna.change_hours) == (None, [], 24)

    def test_a_name_belongs_to_one_shop(self, client: Client, named: Store, stranger: Member) -> None:
        client.force_login(stranger)

        answer = client.post(PAGES, {"change_hours": "24", "host": named.host, "origins": ""})

        assert answer.status_code == 400


@given(st.text(max_size=60))
def test_nothing_that_widens_a_policy_is_a_site(text: str) -> None:
    if is_origin(text):
        assert not set(text) & set(" ;,'\"*\\<>")
    if is_host(text):
        assert not set(text) & set(" /;:*@")
