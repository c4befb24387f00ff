"""The page of all components: if it is right, pages built of them start right."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE


@pytest.fixture
def builder(sara):
    """A member who may see the pages for builders."""
    sara.is_staff = True
    sara.save()
    return sara


def test_the_teams_components_look_right(page, sign_in, builder, look_over):
    sign_in(page, builder)

    page.goto("/office/_style/")

    look_over(page, "style-office")


def test_the_customers_components_look_right(page, sign_in, builder, look_over):
    sign_in(page, builder)

    page.goto("/office/_style/customer/")

    look_over(page, "style-customer")


def test_slash_goes_to_the_search_field(page, sign_in, builder):
    sign_in(page, builder)
    page.goto("/office/_style/")

    page.keyboard.press("/")

    expect(page.get_by_role("searchbox", name="Name, order, words")).to_be_focused()


def test_g_and_a_letter_go_to_a_place(page, sign_in, builder):
    sign_in(page, builder)
    page.goto("/office/_style/?days=7")

    page.keyboard.press("g")
    page.keyboard.press("t")

    page.wait_for_url("**/office/_style/")


def test_keys_can_be_switched_off(page, sign_in, builder):
    sign_in(page, builder)
    page.goto("/office/_style/")
    page.get_by_text("Sara Bianchi").first.click()
    page.get_by_label("Single-key shortcuts").select_option("off")
    page.wait_for_load_state()

    page.keyboard.press("/")

    expect(page.get_by_role("searchbox", name="Name, order, words")).not_to_be_focused()


def test_a_question_mark_shows_the_keys(page, sign_in, builder):
    sign_in(page, builder)
    page.goto("/office/_style/")

    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def test_a_secret_is_copied_and_says_so(page, sign_in, builder):
    sign_in(page, builder)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/office/_style/")

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("whsec_")


def test_htmx_swaps_a_part_of_the_page_under_the_policy(page, sign_in, builder):
    sign_in(page, builder)
    page.goto("/office/_style/")

    page.evaluate("htmx.ajax('GET', '?days=7', {target: 'h1', select: 'h1', swap: 'outerHTML'})")

    expect(page.get_by_role("heading", name="Good morning, Sara")).to_be_visible()


def test_dark_can_be_chosen_on_a_light_device(page, sign_in, builder):
    sign_in(page, builder)
    page.goto("/office/_style/")
    page.get_by_text("Sara Bianchi").first.click()

    page.get_by_label("Light or dark").select_option("dark")

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"


def test_the_phones_menu_opens_without_any_script(bare, sign_in, builder):
    sign_in(bare, builder)
    bare.set_viewport_size(PHONE)
    bare.goto("/office/_style/")

    bare.get_by_role("button", name="Menu").click()

    expect(bare.get_by_role("link", name="Orders", exact=True)).to_be_visible()


def test_a_customers_page_is_small(page, sign_in, builder):
    sign_in(page, builder)
    sizes = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))

    page.goto("/office/_style/customer/", wait_until="networkidle")

    assert len(sizes) == 3
    assert sum(sizes) < 30_000
