"""A return and a withdrawal in a real browser: phone and desktop, with and without JavaScript; the desk by keyboard."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from passaparola.orders.links import order_path
from passaparola.returns import actions
from passaparola.returns.models import Policy, Return
from passaparola.returns.rules.states import State
from passaparola.returns.tests import some
from passaparola.returns.tests.some import CUP, PLATE, VASE
from tests.browser.conftest import DESKTOP, PHONE


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def bought(luna, giulia, now):
    return some.order(luna, giulia, at=now)


@pytest.fixture
def bare(browser, live_server):
    """A phone on which no script runs."""
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def go_back(page, bought, now, tmp_path, *, thing="Vaso Marea"):
    """One of three things for an exchange, as a customer does it."""
    page.goto(f"{order_path(bought.pk, now=now)}return/?lang=en")
    page.get_by_label(thing).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Not as I imagined: The colour is different").check()
    photo = tmp_path / "vase.jpg"
    photo.write_bytes(some.picture("JPEG", (400, 300)))
    page.locator("input[type=file]").set_input_files(photo)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The same in another colour or size").check()
    page.get_by_label("Which one instead?").fill("salvia")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("I send it myself").check()
    page.get_by_role("button", name="Ask for the return").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You can send it back")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_exchange_from_the_first_page_to_the_end(page, bought, sara, now, tmp_path, size):  # noqa: PLR0917
    page.set_viewport_size(size)
    go_back(page, bought, now, tmp_path)
    page.get_by_label("Tracking number").fill("081544210")
    page.get_by_role("button", name="I have sent it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("On its way to us")

    filed = Return.objects.get()
    assert filed.photos.count() == 1
    actions.receive(filed, by=sara, now=now)
    actions.inspect(filed, by=sara, found={filed.items.get().pk: actions.Found(accepted=1)}, now=now)
    actions.exchange(filed, by=sara, now=now, words="BRT 0815-999")
    page.reload()

    expect(page.get_by_text("BRT 0815-999").first).to_be_visible()


def test_the_same_without_a_script(bare, bought, now, tmp_path):
    go_back(bare, bought, now, tmp_path)

    bare.get_by_role("button", name="Cancel the return").click()
    expect(bare.get_by_role("heading", level=1)).to_have_text("You keep it")


def test_the_pages_of_a_return_look_right(page, bought, luna, sara, now, look_at):  # noqa: PLR0917
    Policy.objects.create(
        store=luna, name="Tutto", resolutions=["refund", "credit", "variant", "repair"],
        ways=["label", "drop_off", "pick_up", "own"], fee="4.90", credit_bonus_percent=10,
        words_it="Per i vasi grandi passiamo noi a ritirare.", words_en="We fetch large vases ourselves.",
    )  # fmt: skip
    page.goto(f"{order_path(bought.pk, now=now)}return/?lang=en")
    look_at("return-1-start")
    page.get_by_label("Vaso Marea").check()
    page.get_by_role("button", name="Continue").click()
    look_at("return-2-why")
    page.get_by_label("I changed my mind").check()
    page.get_by_role("button", name="Continue").click()
    look_at("return-3-what")
    page.get_by_label("My money back").check()
    page.get_by_role("button", name="Continue").click()
    look_at("return-4-how")
    page.get_by_label("At a counter, with a code").check()
    page.get_by_role("button", name="Ask for the return").click()
    actions.send_label(Return.objects.get(), by=sara, label=b"%PDF-1.4", code="QX-2041", now=now)
    page.reload()
    look_at("return-5-follow")


def test_several_things_and_a_mistake(page, bought, now, look_at, complaints):
    page.goto(f"{order_path(bought.pk, now=now)}return/?lang=en")
    page.get_by_label("Tazza Alba").select_option("2")
    page.get_by_label("Piatto Luna").select_option("1")
    page.get_by_role("button", name="Continue").click()
    look_at("return-2-why-several")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Tell us why")
    complaints.clear()  # Chromium logs the 400 of a form that was filled in wrongly


def test_a_withdrawal_in_two_steps(page, bought, now, look_at):
    page.goto(f"{order_path(bought.pk, now=now)}withdraw/?lang=en")
    look_at("withdraw-1")
    page.get_by_role("button", name="Withdraw from the contract here").click()
    page.get_by_role("button", name="Confirm withdrawal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your withdrawal")
    look_at("withdraw-2-done")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the receipt (PDF)").click()
    assert download.value.suggested_filename.endswith(".pdf")
    assert Return.objects.get().is_withdrawal


def test_a_guests_withdrawal_without_a_script(bare, bought):
    bare.goto("/s/bottega-luna/withdraw/?lang=en")
    bare.get_by_label("Your name").fill("Giulia Moretti")
    bare.get_by_label("Order number").fill("BL-10240")
    bare.get_by_label("E-mail").fill("giulia@posta.example")
    bare.get_by_role("button", name="Withdraw from the contract here").click()
    bare.get_by_role("button", name="Confirm withdrawal").click()
    expect(bare.get_by_role("heading", level=1)).to_have_text("We have your withdrawal")


@pytest.fixture
def desk_full(bought, luna, sara, now):
    asked = some.filed(bought, {CUP: 2}, reason="broken.inside", now=now)
    some.filed(bought, {CUP: 1}, reason="wrong", now=now)
    here = some.filed(bought, {PLATE: 1}, now=now)
    actions.receive(here, by=sara, now=now)
    looked = some.filed(bought, {VASE: 1}, now=now)
    actions.receive(looked, by=sara, now=now)
    actions.inspect(looked, by=sara, found={looked.items.get().pk: actions.Found(accepted=1)}, now=now)
    return asked, here, looked


def test_the_desk_by_keyboard_alone(page, sign_in, sara, desk_full):
    """From anywhere: to the desk, into the first, yes, and the next is there."""
    member = sara
    member.language = "en"
    member.save()
    sign_in(page, member)
    page.goto("/office/")
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.get_by_role("heading", level=1)).to_have_text("Returns")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Return BL-10240-R1")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Return BL-10240-R2")
    page.keyboard.press("d")
    page.keyboard.type("This is the cup that was ordered.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Refused; the customer reads why.")).to_be_visible()

    assert [filed.state for filed in Return.objects.order_by("pk")[:2]] == [State.APPROVED, State.REFUSED]


def test_the_teams_pages_look_right(page, sign_in, chiara, luna, desk_full, look_over):  # noqa: PLR0917
    asked, here, looked = desk_full
    Policy.objects.create(
        store=luna, name="Vasi", tags=["vasi"], resolutions=["refund"], ways=["own"], fee="9.00"
    )
    sign_in(page, chiara)
    for address, name in (
        ("", "returns-desk"),
        (f"{asked.pk}/", "return-decide"),
        (f"{here.pk}/", "return-inspect"),
        (f"{looked.pk}/", "return-settle"),
        ("told/", "returns-told"),
        ("policies/?order=BL-10240", "returns-policies"),
        ("policies/add/", "returns-policy"),
    ):
        page.context.clear_cookies(name="django_language")  # the last page's, kept for a shorter path
        page.goto(f"/office/returns/{address}")
        look_over(page, name)
