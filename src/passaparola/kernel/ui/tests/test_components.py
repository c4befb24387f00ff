import gzip
import os

import pytest
from django.template import engines
from django.test import override_settings
from django.urls import reverse
from django_cotton.cotton_loader import Loader

from passaparola.kernel.ui.assets import build_assets
from passaparola.kernel.ui.components import components

EVIL = '"><script>alert(1)</script>'


def drawn(source, **context):
    """A piece of template with components, drawn."""
    engine = engines["django"].engine
    compiled = Loader(engine).cotton_compiler.process(source)
    return engines["django"].from_string(compiled).render(context)


@pytest.mark.parametrize(
    "source",
    [
        '<c-panel title="{{ evil }}">x</c-panel>',
        '<c-panel :title="evil" id="{{ evil }}">{{ evil }}</c-panel>',
        '<c-button href="{{ evil }}" data-x="{{ evil }}">x</c-button>',
        '<c-search label="{{ evil }}" :value="evil" />',
        '<c-avatar :name="evil" />',
        '<c-stat name="{{ evil }}" :figure="evil" />',
        '<c-step title="{{ evil }}" :when="evil" />',
        '<c-secret label="x" :value="evil" />',
        '<c-fact :name="evil">{{ evil }}</c-fact>',
    ],
)
def test_what_comes_from_outside_cannot_become_markup(source):
    assert "<script" not in drawn(source, evil=EVIL)


def test_a_name_with_an_ampersand_is_escaped_once():
    assert "Tom &amp; Co" in drawn('<c-panel title="{{ name }}">x</c-panel>', name="Tom & Co")


def test_a_variable_of_the_page_does_not_leak_into_a_component():
    assert "Orders" not in drawn("<c-panel>x</c-panel>", title="Orders", footer="Orders")


def test_a_link_that_looks_like_a_button_is_a_link():
    assert drawn('<c-button href="/x/" kind="primary">Go</c-button>').strip().startswith("<a class=")


def test_an_icon_nobody_drew_is_a_mistake_that_shows():
    with pytest.raises(Exception, match="no-such-icon"):
        drawn('{% icon "no-such-icon" %}')


def test_the_list_of_components_tells_their_attributes():
    told = {component.tag: component.attributes for component in components()}

    assert told["c-segmented"] == ("label",)
    assert 'kind=""' in told["c-button"]


def test_strangers_do_not_see_the_page_of_components(client, db):
    assert client.get(reverse("ui:style")).status_code == 404


def test_the_choice_of_look_is_kept(client, db):
    answer = client.post(reverse("ui:look"), {"theme": "dark", "language": "it", "next": "/office/orders/"})

    assert answer.url == "/office/orders/"
    assert {name: kept.value for name, kept in answer.cookies.items() if kept.value} == {
        "theme": "dark",
        "django_language": "it",
    }


def test_the_choice_of_look_sends_nobody_to_another_site(client, db):
    assert client.post(reverse("ui:look"), {"next": "https://evil.example/"}).url == "/office/"


@override_settings(DEBUG=True)
@pytest.mark.parametrize("name", ["ui:style", "ui:style-customer"])
def test_no_page_has_inline_style_or_script(client, db, name):
    page = client.get(reverse(name)).content.decode()

    for forbidden in (" style=", "<style", "javascript:", " onclick", "hx-on"):
        assert forbidden not in page


def test_the_typeface_is_made_once_and_small(tmp_path):
    font = build_assets(tmp_path)[0]

    assert font.read_bytes()[:4] == b"wOF2"
    assert font.stat().st_size < 22_000
    assert build_assets(tmp_path) == []


def test_a_changed_stylesheet_is_compressed_anew(tmp_path):
    sheet = tmp_path / "office.css"
    sheet.write_text("a{}")
    build_assets(tmp_path)
    sheet.write_text("b{}")
    os.utime(sheet, (2e9, 2e9))

    assert {path.name for path in build_assets(tmp_path)} == {"office.css.br", "office.css.gz"}
    assert gzip.decompress((tmp_path / "office.css.gz").read_bytes()) == b"b{}"


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "fonts").write_text("in the way")

    assert build_assets(tmp_path) == []
