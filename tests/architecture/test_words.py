"""Nobody meets an English sentence on an Italian page."""

from tests.architecture.repository import ROOT
from tests.architecture.words import compiled, marked, written

ENOUGH = 2_000
"""So many strings there are at least: a reader of them that finds none must not pass."""


def test_every_string_that_we_show_has_its_italian():
    shown, italian = marked(), written("it")
    missing = [
        f"{path.relative_to(ROOT)}: {words!r}" for words, path in shown.items() if words not in italian
    ]

    assert len(shown) > ENOUGH
    assert not missing, "Write these into the concept's django.po, then run bin/words:\n" + "\n".join(missing)


def test_what_is_written_is_compiled():
    stale = sorted(written("it").keys() - compiled("it"))

    assert not stale, "Run bin/words and commit the .mo files: these are not in them yet."


def test_a_template_and_a_module_are_both_read():
    shown = marked()

    assert shown["Time machine"].suffix == ".html"
    assert shown["It is a test order."].suffix == ".py"


def test_the_same_english_is_the_same_italian_everywhere():
    torn = {words: said for words, said in written("it").items() if len(said) > 1}

    assert not torn, (
        "All catalogues are one to Django, and the first wins: say it alike, or in other English."
    )
