"""Help, guides and things bought: what is asked in this state first, with the order's own dates."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.cast import NOON

from passaparola.account.models import ChangeRequest
from passaparola.account.receipt import receipt
from passaparola.account.tests import orders
from passaparola.customers.models import Customer
from passaparola.guides import actions as guides
from passaparola.guides.links import guide_link
from passaparola.guides.models import Guide, GuideVote, ProductSheet
from passaparola.orders.links import order_path
from passaparola.orders.models import Order
from passaparola.products.models import Product
from passaparola.stores.models import Store

NOW = NOON


@pytest.fixture(autouse=True)
def _starters(luna: Store) -> None:
    guides.add_starters(luna, is_published=True, now=NOW)


def help_of(client: Client, order: Order, **asked: str) -> str:
    return str(client.get(f"{order_path(order.pk, now=NOW)}help/", {"lang": "en", **asked}).content.decode())


def titles(html: str) -> list[str]:
    return [part.split("</summary>")[0] for part in html.split("<summary>")[1:]]


def test_what_is_asked_in_this_state_comes_first(client: Client, luna: Store, giulia: Customer) -> None:
    late = orders.order(luna, giulia)
    orders.parcel(late, at=NOW, state="delayed", late_since=NOW, picked_up_at=NOW)

    assert titles(help_of(client, late))[0] == "My parcel is late. What happens now?"


def test_the_orders_own_day_stands_in_the_answer(client: Client, luna: Store, giulia: Customer) -> None:
    order = orders.order(luna, giulia)
    tomorrow = (NOW + timedelta(days=1)).date()
    orders.parcel(
        order, at=NOW, state="in_transit", picked_up_at=NOW, arrival_first=tomorrow, arrival_last=tomorrow
    )

    assert "We expect your order BL-10240 <strong>tomorrow</strong>" in help_of(client, order)


def test_without_an_order_nothing_is_left_open(client: Client, luna: Store) -> None:
    html = client.get("/s/bottega-luna/help/?lang=en").content.decode()

    assert "When will my parcel arrive?" in titles(html)
    assert "{{" not in html
    assert "We expect your order" not in html


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("en", "parcels arriving", "When will my parcel arrive?"),
        ("it", "arrivo dei pacchi", "Quando arriva il mio pacco?"),
        ("it", "soldi", "Quando riavrò i miei soldi?"),
        ("en", "soldi", "When do I get my money back?"),
    ],
)
def test_words_are_found_in_their_other_forms(client: Client, language: str, words: str, first: str) -> None:
    html = client.get("/s/bottega-luna/help/", {"lang": language, "q": words}).content.decode()

    assert first in titles(html)


@pytest.mark.parametrize("nonsense", ["xyzzy", "'", "a & | !", '"', "\\", "é" * 500, "%_%", "\x00"])
def test_searching_nonsense_finds_nothing_and_says_so(client: Client, nonsense: str) -> None:
    answer = client.get("/s/bottega-luna/help/", {"lang": "en", "q": nonsense})

    assert answer.status_code == 200
    assert "<script" not in answer.content.decode()


def test_drafts_are_shown_to_nobody(client: Client, luna: Store) -> None:
    Guide.objects.update(published_at=None)
    draft = Guide.objects.earliest("pk")

    assert titles(client.get("/s/bottega-luna/help/?lang=en").content.decode()) == []
    assert client.get(f"/s/bottega-luna/help/{draft.pk}/").status_code == 404
    assert "When" not in client.get("/s/bottega-luna/help/?q=parcel&lang=en").content.decode()


def test_a_waiting_time_is_told_only_when_it_was_measured(
    client: Client, luna: Store, giulias: Order
) -> None:
    def waits() -> str:
        return client.get("/s/bottega-luna/help/?lang=en").content.decode()

    assert "half of all answers" not in waits()

    for n in range(5):
        asked = NOW - timedelta(days=n + 1)
        ChangeRequest.objects.create(
            store=luna,
            order=giulias,
            kind="cancel",
            asked_at=asked,
            decided_at=asked + timedelta(hours=3),
            is_granted=True,
        )

    assert "less than 3 hours" in waits()


class TestGuides:
    def test_a_vote_from_an_order_counts_once_and_may_change(self, client: Client, giulias: Order) -> None:
        guide = Guide.objects.earliest("pk")
        page = f"{order_path(giulias.pk, now=NOW)}guides/{guide.pk}/"
        for useful in ("yes", "no"):
            client.post(f"{page}vote/", {"useful": useful})

        assert [vote.is_useful for vote in GuideVote.objects.all()] == [False]

    def test_its_link_leads_to_the_orders_own_page_of_it(self, client: Client, giulias: Order) -> None:
        guide = Guide.objects.earliest("pk")
        links = [guide_link(guide, now=NOW), guide_link(guide, order=giulias, now=NOW)]

        for link in links:
            path = link.removeprefix("http://127.0.0.1:8000")
            assert guide.title_en in client.get(f"{path}?lang=en").content.decode()
        assert "/o/" in links[1]

    def test_a_guide_of_another_shop_is_not_there(
        self, client: Client, giulias: Order, stranger: Any
    ) -> None:
        theirs = Guide.objects.create(
            store=stranger.stores.get(), kind="help", title_en="Theirs", published_at=NOW, changed_at=NOW
        )

        assert client.get(f"/s/bottega-luna/help/{theirs.pk}/").status_code == 404
        assert client.get(f"{order_path(giulias.pk, now=NOW)}guides/{theirs.pk}/").status_code == 404


class TestThings:
    @pytest.fixture
    def plate(self, luna: Store) -> Product:
        product = orders.care_note(luna)
        product.category = "plates"
        product.save()
        return product

    def page(self, client: Client, order: Order) -> str:
        line = order.lines.earliest("position")
        return client.get(f"{order_path(order.pk, now=NOW)}things/{line.pk}/?lang=en").content.decode()

    def test_it_tells_care_specifications_and_guarantee(
        self, client: Client, luna: Store, giulias: Order, plate: Product
    ) -> None:
        Order.objects.update(delivered_at=datetime(2026, 3, 31, 12, tzinfo=UTC))
        guides.save_sheet(
            ProductSheet(product=plate, specs_en="Weight: 640 g\nOven: up to 200 °C", warranty_months=36),
            related=[],
            now=NOW,
        )
        for kind, category in (("care", "plates"), ("answer", ""), ("care", "cups")):
            guides.save(
                Guide(
                    store=luna, kind=kind, category=category, title_en=f"{kind} {category}", published_at=NOW
                ),
                now=NOW,
            )

        html = self.page(client, giulias)

        assert orders.CARE_EN in html
        assert "640 g" in html
        assert "Saturday 31 March 2029" in html
        assert "care plates" in html
        assert "care cups" not in html
        assert "answer " in html

    def test_before_it_has_arrived_the_guarantee_has_only_a_length(
        self, client: Client, giulias: Order, plate: Product
    ) -> None:
        assert "24 months from the day it arrives" in self.page(client, giulias)

    def test_a_line_of_another_order_is_not_there(self, client: Client, luna: Store, giulias: Order) -> None:
        other = orders.order(luna, external_id="8", number="BL-8").lines.earliest("pk")

        assert client.get(f"{order_path(giulias.pk, now=NOW)}things/{other.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["Giulia Moretti", "Zoë Żółć", "Ἀθηνᾶ", "李小龍", "", "x" * 400])
@pytest.mark.parametrize("language", ["en", "it"])
def test_a_receipt_is_made_whatever_the_names_are(giulias: Order, name: str, language: str) -> None:
    giulias.shipping_address = orders.ADDRESS | {"name": name, "city": "Forlì è là €"}
    giulias.save()

    made = receipt(giulias, language, now=NOW)

    assert made.startswith(b"%PDF-")
    assert len(made) < 200_000


def test_a_receipt_with_hundreds_of_lines_runs_over_pages(giulias: Order) -> None:
    line = giulias.lines.earliest("pk")
    for n in range(120):
        line.pk, line.external_id, line.title = None, f"more-{n}", f"Piatto numero {n} " * (n % 9 + 1)
        line.save()

    assert receipt(giulias, "it", now=NOW).count(b"/Type /Page\n") > 3
