"""The customer's account in a real browser, as a customer goes through it, in every look."""

from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from passaparola.account import actions
from passaparola.account.actions.codes import code_of
from passaparola.account.links import follow_path, gift_path
from passaparola.account.models import AccountCode, Missing, Passkey
from passaparola.account.tests import orders
from passaparola.customers.models import Contact, Identity
from passaparola.guides import actions as guides
from passaparola.guides.models import Guide
from passaparola.orders.links import order_path
from tests.browser.conftest import shoot
from tests.cast import NOON

HOME = "/s/bottega-luna/account/"


@pytest.fixture
def now():
    return NOON


@pytest.fixture
def order(luna, giulia, now):
    Contact.objects.create(customer=giulia, kind="email", value=giulia.email)
    identity = Identity.objects.get(customer=giulia)
    orders.care_note(luna)
    made = orders.order(luna, giulia, at=now, identity=identity)
    orders.on_the_van(made, at=now)
    old = orders.order(
        luna, giulia, at=now - timedelta(days=200), identity=identity, external_id="9", number="BL-9"
    )
    old.delivered_at = now - timedelta(days=195)
    old.save()
    guides.add_starters(luna, is_published=True, now=now)
    guides.save(
        Guide(
            store=luna,
            kind="care",
            title_en="Glazed plates",
            title_it="Piatti smaltati",
            text_en="Wash **by hand** the first time.\n\n- No steel wool\n- Oven up to 200 °C",
            text_it="La prima volta lavali **a mano**.\n\n- Niente paglietta\n- Forno fino a 200 °C",
            published_at=now,
        ),
        now=now,
    )
    return made


def let_in(page):
    page.goto(f"{HOME}sign-in/?lang=en")
    page.get_by_label("E-mail or telephone").fill("giulia@posta.example")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    actions.send_codes(datetime.now(UTC))
    page.get_by_label("Code").fill(code_of(AccountCode.objects.latest("pk")))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{HOME}?lang=en")


def test_signing_in_and_looking_around(page, order, look_at):
    page.goto(f"{HOME}sign-in/")
    look_at("account-sign-in")
    let_in(page)
    look_at("account-home")
    page.get_by_role("link", name="What we know about you").click()
    look_at("account-privacy")


def test_details_and_sharing(page, order, now, look_at):
    path = order_path(order.pk, now=now)
    for name in ("details", "share", "help"):
        page.goto(f"{path}{name}/?lang=it")
        look_at(f"order-{name}")
    page.goto(f"{path}things/{order.lines.earliest('position').pk}/")
    look_at("order-thing")
    page.goto(gift_path(order, now=now))
    look_at("order-gift")


def test_asking_for_another_address(page, luna, giulia, look_at):
    fresh = orders.order(luna, giulia, external_id="77", number="BL-77", placed_at=datetime.now(UTC))
    page.goto(f"{order_path(fresh.pk, now=datetime.now(UTC))}change/?lang=it")
    look_at("order-change")
    page.get_by_label("Send it to another address").check()
    page.get_by_label("Street and number").fill("via Roma 1")
    page.get_by_label("Postcode").fill("48018")
    page.get_by_label("Town").fill("Faenza")
    page.get_by_role("button", name="Ask for it").click()

    expect(page.get_by_text("We have your wish")).to_be_visible()


def test_a_parcel_that_is_not_here(page, luna, giulia, now, look_at):
    order = orders.order(luna, giulia, at=now, external_id="78", number="BL-78")
    orders.parcel(order, at=now, state="delivered", delivered_at=now - timedelta(hours=2))
    page.goto(f"{order_path(order.pk, now=now)}?lang=en")
    page.get_by_text("I don’t have it").click()
    page.get_by_role("link", name="It is not here").click()
    look_at("order-missing")
    page.get_by_role("button", name="It is in none of them").click()
    expect(page.get_by_role("button", name="I have found it")).to_be_visible()

    page.get_by_role("button", name="I have found it").click()

    expect(page.get_by_text("You found it")).to_be_visible()
    assert Missing.objects.get().found_at


def test_everything_works_without_a_script(bare, order):
    let_in(bare)
    seen = bare.get_by_text("Arriving today").first.is_visible()
    bare.get_by_role("button", name="Sign out", exact=True).click()
    out = bare.get_by_text("You are signed out").is_visible()

    assert seen
    assert out


def test_who_follows_says_yes(page, order, now, look_at):
    follower = actions.ask_follower(order, email="nonna@posta.example", now=now)
    page.goto(f"{follow_path(follower, now=now)}?lang=it")
    look_at("order-follow")

    page.get_by_role("button", name="Yes, write to me").click()

    expect(page.get_by_text("You get the news of this parcel")).to_be_visible()


def test_the_team_writes_guides_and_answers_wishes(page, order, sign_in, chiara, look_over):
    sign_in(page, chiara)
    for name, path in (
        ("guides", "guides/"),
        ("guide", f"guides/{Guide.objects.latest('pk').pk}/"),
        ("privacy", "privacy/"),
    ):
        page.goto(f"/office/{path}")
        look_over(page, f"office-{name}")


@pytest.fixture
def shop_site(live_server):
    """The shop's own page, on a server and under a policy of its own."""
    page = (
        '<!doctype html><html lang="en"><title>Shop</title><main><h1>Bottega Luna</h1></main>'
        f'<script async src="{live_server.url}/s/bottega-luna/widget.js"></script>'
    ).encode()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            policy = f"default-src 'none'; script-src {live_server.url}; frame-src {live_server.url}"
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            if self.path == "/":
                self.wfile.write(page)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_widget_on_the_shops_own_site(page, order, luna, shop_site):
    luna.widget_origins = [shop_site]
    luna.save()
    page.goto(f"{shop_site}/")
    expect(page.locator("body > div")).to_have_count(1)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    frame = next(one for one in page.frames if "/widget/" in one.url)
    frame.get_by_label("Order number").fill("10240")
    frame.get_by_label("E-mail").fill("giulia@posta.example")
    frame.get_by_role("button", name="Find it").click()

    expect(frame.get_by_text("Order BL-10240")).to_be_visible()
    shoot(page, "widget-on-shop")


def test_another_site_may_not_show_it(page, order, luna, shop_site, complaints):
    page.goto(f"{shop_site}/")
    expect(page.locator("body > div")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)

    assert any("frame-ancestors" in said for said in complaints)
    complaints.clear()


@pytest.fixture
def device(page):
    """A device with a finger on it, as the browser itself plays one: keys, counts and bytes are real."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def is_verified(answer):
        session.send("WebAuthn.setUserVerified", {"authenticatorId": made, "isUserVerified": answer})

    return is_verified


def test_a_passkey_is_added_lets_in_and_is_removed(page, order, device, look_at):
    let_in(page)
    page.get_by_role("link", name="Passkeys").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Next time this device lets you in")).to_be_visible()
    look_at("account-passkeys")

    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Perhaps this device has one already")).to_be_visible()

    page.goto(f"{HOME}?lang=en")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"**{HOME}?lang=en")
    assert Passkey.objects.get().count > 0

    page.get_by_role("link", name="Passkeys").click()
    page.get_by_role("button", name="Remove My laptop").click()
    expect(page.get_by_text("it lets nobody in any more")).to_be_visible()
    page.goto(f"{HOME}?lang=en")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("We don’t know this passkey here")).to_be_visible()
    assert not Passkey.objects.exists()


def test_a_finger_that_the_device_does_not_know_lets_nobody_in(page, order, device):
    let_in(page)
    page.goto(f"{HOME}passkeys/?lang=en")
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Next time this device lets you in")).to_be_visible()
    page.goto(f"{HOME}?lang=en")
    page.get_by_role("button", name="Sign out", exact=True).click()
    device(False)

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("This did not work. Try once more, or sign in with a code.")).to_be_visible()
    assert Passkey.objects.get().used_at is None
