"""What every page of the customers has to stand: strangers, link scanners, weight, both languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from tests.pages import everything_kept

from passaparola.account import links, lookup, urls
from passaparola.account.actions import ask_change, ask_code, ask_follower, confirm_follower
from passaparola.account.actions.forgetting import erasure_path
from passaparola.account.models import Follower
from passaparola.account.tests import orders
from passaparola.account.views.ways_in import PURPOSE as CODE
from passaparola.customers.actions import ask_erasure
from passaparola.guides import actions as guides
from passaparola.guides.models import Guide
from passaparola.kernel import signing
from passaparola.orders.links import order_token
from passaparola.orders.models import Order
from passaparola.stores.models import Member, Store

Kwargs = Callable[["World"], Mapping[str, Any]]


@dataclass
class World:
    """Everything of Giulia's that there is a page for."""

    store: Store
    order: Order
    guide: Guide
    follower: Follower
    digest: str
    token: str
    gift: str
    follow: str
    progress: str
    code: str
    erasure: str


@pytest.fixture
def world(giulias: Order, luna: Store) -> World:
    now = datetime.now(UTC)
    orders.care_note(luna)
    orders.parcel(giulias, "BRT2", at=now, state="delivered", delivered_at=now - timedelta(hours=2), parts=[])
    guides.add_starters(luna, is_published=True, now=now)
    guide = guides.save(
        Guide(
            store=luna,
            kind="care",
            title_en="Glazed plates",
            title_it="Piatti smaltati",
            text_en="Wash **by hand**. Guaranteed until {{ warranty_until }}.",
            text_it="Lava **a mano**. Garanzia fino al {{ warranty_until }}.",
            published_at=now,
        ),
        now=now,
    )
    file = guides.add_file(guide, name="care.pdf", content=b"%PDF-1.4\n%%EOF\n", now=now)
    follower = ask_follower(giulias, email="nonna@posta.example", now=now)
    confirm_follower(follower, now=now)
    code = ask_code(luna, typed="giulia@posta.example", language="en", source="x", now=now)
    tomorrow = (now + timedelta(days=1)).date()
    return World(
        store=luna,
        order=giulias,
        guide=guide,
        follower=follower,
        digest=file.digest,
        token=order_token(giulias.pk, now=now),
        gift=links.gift_path(giulias, now=now).split("/")[2],
        follow=links.follow_path(follower, now=now).split("/")[2],
        progress=signing.sign(lookup.PURPOSE, giulias.pk, expires=tomorrow),
        code=signing.sign(CODE, code.pk, expires=tomorrow),
        erasure=erasure_path(ask_erasure(giulias.customer, now=now), now=now).split("/")[4],
    )


@dataclass(frozen=True)
class Asked:
    kwargs: Kwargs
    gets: bool = True
    by: str = "shop"
    """`link` (an order's), `shop` (anybody), `account` (signed in), `team`, `other` (a link of its own kind)."""
    is_page: bool = True


def shop(world: World) -> Mapping[str, Any]:
    return {"slug": world.store.slug}


def link(world: World) -> Mapping[str, Any]:
    return {"token": world.token}


def guide(world: World) -> Mapping[str, Any]:
    return {"guide_id": world.guide.pk}


ADDRESSES: dict[str, Asked] = {
    "order": Asked(link, by="link"),
    "sign-in-from-order": Asked(link, gets=False, by="link"),
    "details": Asked(link, by="link"),
    "receipt": Asked(link, by="link", is_page=False),
    "change": Asked(link, by="link"),
    "share": Asked(link, by="link"),
    "end-links": Asked(link, gets=False, by="link"),
    "end-follower": Asked(lambda w: {**link(w), "follower_id": w.follower.pk}, gets=False, by="link"),
    "missing": Asked(link, by="link"),
    "order-help": Asked(link, by="link"),
    "order-guide": Asked(lambda w: {**link(w), **guide(w)}, by="link"),
    "order-vote": Asked(lambda w: {**link(w), **guide(w)}, gets=False, by="link"),
    "thing": Asked(lambda w: {**link(w), "line_id": w.order.lines.earliest("pk").pk}, by="link"),
    "gift": Asked(lambda w: {"token": w.gift}, by="other"),
    "follow": Asked(lambda w: {"token": w.follow}, by="other"),
    "usual-brand": Asked(lambda _: {}, is_page=False, by="nobody"),
    "lookup": Asked(shop),
    "brand": Asked(shop, is_page=False, by="nobody"),
    "progress": Asked(lambda w: {**shop(w), "token": w.progress}, by="other"),
    "help": Asked(shop),
    "guide": Asked(lambda w: {**shop(w), **guide(w)}),
    "vote": Asked(lambda w: {**shop(w), **guide(w)}, gets=False),
    "file": Asked(lambda w: {**shop(w), "digest": w.digest}, is_page=False),
    "home": Asked(shop, by="account"),
    "sign-in": Asked(shop),
    "code": Asked(lambda w: {**shop(w), "token": w.code}, by="other"),
    "sign-out": Asked(shop, gets=False, by="account"),
    "privacy": Asked(shop, by="account"),
    "passkey": Asked(shop, gets=False),
    "passkey-options": Asked(shop, gets=False),
    "passkeys": Asked(shop, by="account"),
    "passkeys-options": Asked(shop, gets=False, by="account"),
    "passkey-change": Asked(lambda w: {**shop(w), "passkey_id": 1}, gets=False, by="account"),
    "export": Asked(shop, gets=False, by="account"),
    "forget": Asked(shop, gets=False, by="account"),
    "erasure": Asked(lambda w: {**shop(w), "token": w.erasure}, by="other"),
    "widget-script": Asked(shop, is_page=False),
    "widget": Asked(shop),
    "widget-progress": Asked(lambda w: {**shop(w), "token": w.progress}, by="other"),
    "own-pages": Asked(lambda _: {}, gets=False, by="team"),
    "office-privacy": Asked(lambda _: {}, gets=False, by="team"),
    "office-export": Asked(lambda _: {"request_id": 1}, gets=False, by="team"),
    "decide": Asked(lambda _: {"change_id": 1}, gets=False, by="team"),
}


def where(name: str, world: World) -> str:
    return reverse(f"account:{name}", kwargs=ADDRESSES[name].kwargs(world))


def browser_of(name: str, client: Client, signed_in: Client) -> Client:
    return signed_in if ADDRESSES[name].by == "account" else client


GETS = [name for name, asked in ADDRESSES.items() if asked.gets]
PAGES = [name for name in GETS if ADDRESSES[name].is_page]


def test_every_address_is_tested() -> None:
    assert {str(p.name) for p in urls.urlpatterns if isinstance(p, URLPattern)} == set(ADDRESSES)


def test_link_scanners_change_nothing(client: Client, signed_in: Client, world: World) -> None:
    before = everything_kept()
    for name, asked in ADDRESSES.items():
        if asked.by == "team":
            continue
        for method in ("get", "head"):
            answer = getattr(browser_of(name, client, signed_in), method)(where(name, world))
            assert answer.status_code == (200 if asked.gets else 405), name
    assert everything_kept() == before


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "it"])
def test_each_page_is_light_closed_and_speaks_the_language_asked_for(
    client: Client, signed_in: Client, world: World, name: str, language: str
) -> None:
    answer = browser_of(name, client, signed_in).get(f"{where(name, world)}?lang={language}")

    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in html
    assert len(answer.content) < 15_000
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "None" not in html
    assert "style=" not in html
    scripts = 1 if name in {"sign-in", "passkeys"} else 0
    assert html.count("<script") == html.count("passkey.js") == scripts


@pytest.mark.parametrize("name", [name for name in GETS if ADDRESSES[name].by in {"link", "other"}])
def test_a_forged_link_opens_nothing(client: Client, world: World, name: str) -> None:
    kwargs = dict(ADDRESSES[name].kwargs(world))
    good = str(kwargs["token"])
    end = "AA" if not good.endswith("AA") else "gA"  # one real end in 256 is AA
    for forged in (good[:-2] + end, good[1:], "x", "é", good + "A", "A" * 90):
        answer = client.get(reverse(f"account:{name}", kwargs=kwargs | {"token": forged}))
        assert answer.status_code in ({404} if name != "code" else {302, 404}), forged


@pytest.mark.parametrize("name", [name for name, asked in ADDRESSES.items() if asked.by == "link"])
def test_a_link_that_was_taken_back_opens_nothing(client: Client, world: World, name: str) -> None:
    client.post(reverse("account:end-links", kwargs=link(world)))

    answer = getattr(client, "get" if ADDRESSES[name].gets else "post")(where(name, world))

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["gift", "follow", "code", "progress"])
def test_a_link_of_one_kind_opens_no_page_of_another(client: Client, world: World, name: str) -> None:
    kwargs = dict(ADDRESSES[name].kwargs(world)) | {"token": world.token}

    assert client.get(reverse(f"account:{name}", kwargs=kwargs)).status_code in {302, 404}


def test_the_stranger_sees_nothing_of_it_in_their_own_shop(
    client: Client, world: World, stranger: Member
) -> None:
    for name in GETS:
        kwargs = dict(ADDRESSES[name].kwargs(world))
        if "slug" in kwargs and len(kwargs) > 1:
            answer = client.get(reverse(f"account:{name}", kwargs=kwargs | {"slug": "altrove"}))
            assert answer.status_code in {302, 404} or name.endswith("progress"), name
            assert "BL-10240" not in answer.content.decode(), name


def test_the_stranger_answers_no_wish(client: Client, giulias: Order, stranger: Member) -> None:
    Order.objects.update(shipped_at=None, placed_at=datetime.now(UTC))
    giulias.fulfilments.all().delete()
    giulias.refresh_from_db()
    wish = ask_change(giulias, kind="cancel", now=datetime.now(UTC))
    client.force_login(stranger)

    answer = client.post(reverse("account:decide", args=[wish.pk]), {"decision": "yes"})

    wish.refresh_from_db()
    assert (answer.status_code, wish.decided_at) == (404, None)


def test_ten_thousand_guesses_open_nothing(client: Client, world: World) -> None:
    """Guessed at the reading of the token itself: so many requests would only take longer."""
    import random

    from passaparola.orders.guard import find_order

    dice, now = random.Random(7), datetime.now(UTC)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    guesses = ["".join(dice.choices(letters, k=len(world.token))) for _ in range(9_000)]
    near = [
        world.token[:place] + dice.choice(letters) + world.token[place + 1 :]
        for place in dice.choices(range(len(world.token)), k=1_000)
    ]

    assert not [guess for guess in (*guesses, *near) if guess != world.token and find_order(guess, now=now)]


@pytest.mark.parametrize("name", ["lookup", "sign-in", "code", "change", "share", "missing", "order-vote"])
def test_forms_take_nonsense_kindly(client: Client, world: World, name: str) -> None:
    for nonsense in (
        "",
        "\x00",
        "é" * 3000,
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "\ud83d" + "x",
        "\u202e",
    ):
        data = dict.fromkeys(
            (
                "number",
                "email",
                "address",
                "code",
                "kind",
                "line1",
                "city",
                "postcode",
                "note",
                "useful",
                "parcel",
            ),
            nonsense.encode("utf-8", "replace").decode(),
        )
        answer = client.post(where(name, world), data)

        assert answer.status_code in {200, 302, 400, 429}, (name, nonsense)
        assert "<script>alert" not in answer.content.decode()
