"""The pages of templates: what a shop types is kept, shown, checked to the line, and sent only when it can be."""

from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.cast import NOON
from tests.pages import Asked, StaffPages

from passaparola.messages.actions import templates
from passaparola.messages.editor import urls
from passaparola.messages.models import Template, TemplatePicture, TemplateVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(luna, chiara, giulia):
    letter = templates.write(luna, name="Primavera", kind="newsletter", by=chiara, now=NOON)
    templates.publish(letter.versions.get(), now=NOON)
    return letter


def _key(world):
    return {"key": world.key}


def _typed(world, **changes):
    return {
        "language": "en",
        "subject": "Spring is here",
        "blocks": "1",
        "block-0-type": "paragraph",
        "block-0-text": "Hello {{ customer.first_name }}",
    } | changes


class TestTemplatePages(StaffPages):
    urls = urls
    own = ("Luna", "Moretti", "giulia", "Primavera")
    addresses = {
        "templates": Asked(found=("Primavera", "Delayed")),
        "write": Asked(gets=False, posts=lambda world: {"name": "Estate", "kind": "card"}),
        "people": Asked(found=("Giulia",)),
        "template": Asked(_key, is_of_one=True, found=("Primavera", "customer.first_name")),
        "save": Asked(_key, gets=False, is_of_one=True, posts=_typed),
        "check": Asked(_key, gets=False, is_of_one=True, posts=_typed),
        "show": Asked(_key, is_of_one=True, found=("Bottega Luna",), posts=_typed),
        "versions": Asked(_key, is_of_one=True, found=("Version 1",)),
        "restore": Asked(
            lambda world: {"key": world.key, "number": 1}, gets=False, is_of_one=True, posts=lambda world: {}
        ),
        "put-away": Asked(_key, gets=False, is_of_one=True, posts=lambda world: {}),
        "add-picture": Asked(_key, gets=False, is_of_one=True, posts=lambda world: {}),
        "picture": Asked(is_public=True),
    }

    @pytest.fixture(autouse=True)
    def _whole_pages_only(self, request, monkeypatch):
        """Two answers are pieces of a page: the mail in its frame, which may style line by line, and people."""
        name = request.node.name
        if "light_closed_page" in name or "both_languages" in name:
            whole = {key: asked for key, asked in self.addresses.items() if key not in {"show", "people"}}
            monkeypatch.setattr(type(self), "addresses", whole)


@pytest.fixture
def typist(client, chiara, world):
    client.force_login(chiara)
    client.cookies["django_language"] = "en"
    return client


def ask(client, name, key, posted=None, **more):
    where = reverse(f"templates:{name}", kwargs={"key": key, **more})
    return client.get(where) if posted is None else client.post(where, posted)


def test_what_is_typed_is_kept_as_a_draft_even_when_it_is_wrong(typist, world):
    ask(typist, "save", world.key, _typed(world, **{"block-0-text": "{% if %}"}))

    newest = world.versions.order_by("-number").first()
    assert newest.live_at is None
    assert newest.texts["en"]["blocks"] == [{"type": "paragraph", "text": "{% if %}"}]
    assert newest.texts["it"]["blocks"]  # the other language stays
    page = typist.get(reverse("templates:template", kwargs={"key": world.key}) + "?language=en")
    assert "{% if %}" in page.content.decode()


def test_a_mistake_is_told_at_its_line_and_not_published(typist, world):
    answer = ask(typist, "save", world.key, _typed(world, do="publish", **{"block-0-text": "Hi\n{% if %}"}))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Block 1, text, line 2" in page
    assert TemplateVersion.objects.live().get().number == 1


def test_a_name_that_there_is_not_is_told_at_its_line_and_not_published(typist, world):
    wrong = {
        "block-0-text": "Hi {{ customer.first_name }},\n{{ store.namee }}",
        "block-0-if": "custmer.first_name",
    }

    answer = ask(typist, "save", world.key, _typed(world, do="publish", **wrong))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Block 1, text, line 2" in page
    assert "There is no “store.namee”. Did you mean “store.name”?" in page
    assert "Block 1, condition, line 1" in page
    assert "Did you mean “customer.first_name”?" in page
    assert TemplateVersion.objects.live().get().number == 1


def test_what_can_be_sent_is_published_in_both_languages(typist, world):
    ask(typist, "save", world.key, _typed(world, do="publish"))

    live = TemplateVersion.objects.live().first()
    assert (live.number, live.texts["en"]["subject"]) == (2, "Spring is here")


def test_a_subject_that_may_come_out_empty_is_refused(typist, world):
    answer = ask(typist, "save", world.key, _typed(world, do="publish", subject="{{ customer.first_name }}"))

    assert "would be empty" in answer.content.decode()


def test_the_source_says_the_same_and_is_read_again(typist, world):
    page = ask(typist, "template", world.key).content.decode()
    assert "block-0-text" in page
    source = 'subject = "Hi"\n\n[[blocks]]\ntype = "heading"\ntext = """\nOne\n"two"\n"""\n'

    ask(typist, "save", world.key, {"language": "en", "source": source})

    newest = world.versions.order_by("-number").first()
    assert newest.texts["en"]["blocks"][0]["text"] == 'One\n"two"\n'
    shown = typist.get(reverse("templates:template", kwargs={"key": world.key}) + "?language=en&as=source")
    assert "[[blocks]]" in shown.content.decode()


def test_a_source_that_is_no_source_is_given_back_with_its_line(typist, world):
    answer = ask(typist, "save", world.key, {"language": "en", "source": 'subject = "Hi"\n[[blocks]\n'})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Source, line 2" in page
    assert "[[blocks]" in page


def test_blocks_move_and_go_without_losing_what_was_typed(typist, world):
    two = _typed(world, blocks="2", **{"block-1-type": "heading", "block-1-text": "Last"})
    ask(typist, "save", world.key, two | {"do": "up.1"})

    blocks = world.versions.order_by("-number").first().texts["en"]["blocks"]
    assert [block["type"] for block in blocks] == ["heading", "paragraph"]
    ask(typist, "save", world.key, _typed(world, do="add.divider"))
    blocks = world.versions.order_by("-number").first().texts["en"]["blocks"]
    assert [block["type"] for block in blocks] == ["paragraph", "divider"]


def test_the_preview_shows_what_is_typed_for_a_real_customer(typist, world, giulia):
    answer = ask(
        typist,
        "show",
        world.key,
        _typed(world, person=str(giulia.pk), look="night", both="1", short="Psst, {{ customer.first_name }}"),
    )

    page = answer.content.decode()
    assert "Psst, Giulia" in page
    assert "Hello Giulia" in page
    assert "Italiano" in page
    assert "@media all" in page
    assert world.versions.count() == 1


def test_the_frame_of_the_mail_can_do_nothing_but_style(typist, world):
    policy = ask(typist, "show", world.key).headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'")
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_the_preview_of_a_wild_template_is_a_sentence(typist, world):
    wild = "{% for a in (1..9999) %}{% for b in (1..9999) %}{% endfor %}{% endfor %}"

    assert (
        "loop iteration limit"
        in ask(typist, "show", world.key, _typed(world, **{"block-0-text": wild})).content.decode()
    )


def test_a_test_goes_to_whoever_pressed_the_button(typist, world, chiara):
    ask(typist, "save", world.key, _typed(world, do="test"))

    (letter,) = mail.outbox
    assert letter.to == [chiara.email]
    assert letter.subject == "[Test] Spring is here"


def test_a_kind_gets_the_shops_wording_only_when_it_is_saved(typist, luna):
    ask(typist, "template", "delayed")
    assert not Template.objects.filter(key="delayed").exists()

    ask(typist, "save", "delayed", _typed(None))
    assert Template.objects.get(store=luna, key="delayed").kind == "delayed"


def test_what_the_shop_does_not_have_is_not_found(typist):
    assert ask(typist, "template", "nothing").status_code == 404
    assert ask(typist, "template", "order_link").status_code == 404


def test_versions_show_what_changed_and_can_be_sent_again(typist, world):
    ask(typist, "save", world.key, _typed(world, do="publish"))
    page = typist.get(
        reverse("templates:versions", kwargs={"key": world.key}) + "?language=en"
    ).content.decode()
    assert "<ins>+ subject = &quot;Spring is here&quot;</ins>" in page

    ask(typist, "restore", world.key, {}, number=1)

    live = TemplateVersion.objects.live().first()
    assert live.number == 3
    assert live.texts == world.versions.get(number=1).texts


def test_a_picture_is_written_anew_and_served_for_ever(typist, client, world):
    content = BytesIO()
    Image.new("RGB", (2000, 1000), "red").save(content, "PNG")
    file = SimpleUploadedFile("rosso.png", content.getvalue())

    ask(typist, "add-picture", world.key, {"picture": file})
    kept = TemplatePicture.objects.get()
    typist.logout()
    answer = client.get(reverse("templates:picture", kwargs={"key": kept.key}))

    assert (kept.width, kept.height, kept.media_type) == (1200, 600, "image/jpeg")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(kept.key) == 24


def test_what_is_no_picture_is_refused_with_a_sentence(typist, world):
    file = SimpleUploadedFile("x.svg", b"<svg onload='alert(1)'/>")

    answer = typist.post(
        reverse("templates:add-picture", kwargs={"key": world.key}), {"picture": file}, follow=True
    )

    assert not TemplatePicture.objects.exists()
    assert "no picture we can read" in answer.content.decode()
