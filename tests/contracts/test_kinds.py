"""What every kind of message has: a reason to exist, an end, and texts in both languages."""

import re
from importlib import import_module
from importlib.resources import files

import pytest

from passaparola.messages import reasons
from passaparola.messages.kind import KINDS
from passaparola.messages.reactions.parcels import NEWS
from passaparola.messages.rendering.blocks import BLOCKS
from passaparola.messages.rendering.texts import texts_of
from passaparola.messages.rules.confirmation import ALL

every_kind = pytest.mark.parametrize("key", sorted(KINDS))


@every_kind
def test_it_is_called_like_its_folder_and_says_what_it_is(key):
    assert KINDS[key].key == key
    assert import_module(f"passaparola.messages.kinds.{key}").__doc__


@every_kind
def test_the_team_reads_its_name_and_not_its_key(key):
    assert key in reasons.WORDS


@every_kind
@pytest.mark.parametrize("language", ["en", "it"])
def test_it_speaks_both_languages(key, language):
    assert (files("passaparola.messages.kinds") / key / f"{language}.toml").is_file()

    texts = texts_of(key, language)

    assert texts.language == language
    assert {block["type"] for block in texts.blocks} <= set(BLOCKS)


@every_kind
def test_what_it_names_exists(key):
    kind = KINDS[key]

    assert set(kind.told_by) <= set(KINDS)
    assert not kind.fallback or not KINDS[kind.fallback].purpose.needs_consent
    assert kind.purpose.needs_consent == bool(kind.fallback) or not kind.is_confirmation


def test_what_is_asked_for_exists():
    assert set(ALL) <= set(KINDS)
    assert {kind for kinds in NEWS.values() for kind in kinds} <= set(KINDS)


OUR_DAY = {
    "en": r"\bwe (do|send|give|answer|call|write|pay)\b[^.{]*\btoday\b",
    "it": r"\b(facciamo|mandiamo|spediamo|rimborsiamo|rispondiamo|chiamiamo|scriviamo)\b[^.{]*\boggi\b",
}


@every_kind
@pytest.mark.parametrize("language", ["en", "it"])
def test_no_letter_promises_for_today_what_nobody_wrote_down_as_a_promise(key, language):
    texts = texts_of(key, language)
    said = [texts.subject, texts.preview, texts.short, *(block["text"] for block in texts.blocks)]

    assert not [words for words in said if re.search(OUR_DAY[language], words, re.IGNORECASE)]


ABOUT_AN_ORDER = {"progress", "items", "details", "parcel", "siblings", "similar"}


@every_kind
@pytest.mark.parametrize("language", ["en", "it"])
def test_what_needs_no_order_speaks_of_none(key, language):
    texts = texts_of(key, language)
    if KINDS[key].needs_order:
        return

    assert not {block["type"] for block in texts.blocks} & ABOUT_AN_ORDER
