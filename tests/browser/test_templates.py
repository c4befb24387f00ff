"""The editor of templates as people see and use it."""

import pytest
from playwright.sync_api import expect

from passaparola.messages.actions import templates
from passaparola.office.tests.conftest import world
from tests.browser.conftest import shoot
from tests.cast import NOON

__all__ = ["world"]


@pytest.fixture
def letter(world):
    made = templates.write(world.store, name="Primavera", kind="newsletter", by=world.owner, now=NOON)
    templates.publish(made.versions.get(), now=NOON)
    return made


@pytest.fixture
def desk(page, sign_in, world, letter):
    sign_in(page, world.owner)
    page.goto(f"/office/templates/{letter.key}/?language=it")
    return page


def test_the_list_looks_right_everywhere(page, sign_in, world, letter, look_over):
    sign_in(page, world.owner)
    page.goto("/office/templates/")

    look_over(page, "templates")


def test_the_editor_looks_right_everywhere(desk, look_over):
    look_over(desk, "template-editor")


def test_the_source_looks_right_everywhere(desk, look_over):
    desk.get_by_role("link", name="Source").click()

    look_over(desk, "template-source")


def test_the_versions_look_right_everywhere(desk, world, letter, look_over):
    texts = dict(letter.versions.get().texts)
    texts["en"] = texts["en"] | {"subject": "Spring is here"}
    templates.save_draft(letter, texts=texts, by=world.owner, now=NOON)
    desk.goto(f"/office/templates/{letter.key}/versions/?language=en")

    look_over(desk, "template-versions")


def mail_of(page):
    return page.frame_locator("iframe.mail").frame_locator("iframe").first


def test_the_preview_follows_the_typing(desk):
    expect(mail_of(desk).get_by_role("heading", name="Le novità")).to_be_visible()

    desk.get_by_label("Heading", exact=True).fill("Arriva la primavera, {{ customer.first_name }}")

    expect(mail_of(desk).get_by_text("Arriva la primavera, Giulia")).to_be_visible()
    expect(desk.get_by_text("It can be sent like this.")).to_be_visible()


def test_a_mistake_is_told_while_it_is_typed(desk):
    desk.get_by_label("Heading", exact=True).fill("Ciao {{ customer.first_name")

    expect(desk.locator("#problems")).to_contain_text("Block 1, text, line 1")


def test_a_press_puts_a_variable_where_one_was_writing(desk):
    desk.get_by_label("Heading", exact=True).fill("Ciao ")
    desk.get_by_role("button", name="First name", exact=True).click()

    expect(desk.get_by_label("Heading", exact=True)).to_have_value("Ciao {{ customer.first_name }}")


def test_both_languages_stand_side_by_side_by_night(desk):
    desk.get_by_text("Both languages").click()
    desk.get_by_text("Night", exact=True).click()

    frame = desk.frame_locator("iframe.mail")
    expect(frame.get_by_text("English")).to_be_visible()
    expect(frame.get_by_text("Italiano")).to_be_visible()
    shoot(desk, "template-editor-both")
