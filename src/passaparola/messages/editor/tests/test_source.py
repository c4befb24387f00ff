"""Source and document say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.messages.editor import source
from passaparola.messages.kind import KINDS
from passaparola.messages.rendering.blocks import BLOCKS, FIELDS
from passaparola.messages.rendering.own import document_of, own_texts, problems, tidied
from passaparola.messages.rendering.texts import texts_of

words = st.text(max_size=80) | st.sampled_from(
    ['"', '""" "', "\\", "a\n\nb", "{% if x %}\t{% endif %}", "à è €"]
)
blocks = st.builds(
    lambda kind, values: {"type": kind, **values},
    st.sampled_from(sorted(BLOCKS)),
    st.dictionaries(st.sampled_from(FIELDS), words),
)
documents = st.builds(
    lambda subject, preview, short, some: {"subject": subject, "preview": preview, "short": short, "blocks": some},
    words, words, words, st.lists(blocks, max_size=4),
)  # fmt: skip


@given(documents)
def test_what_is_written_is_read_again(document):
    clean = tidied(document)

    assert source.read(source.written(clean)) == clean


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", ["en", "it"])
def test_our_own_kinds_can_be_begun_with(kind, language):
    document = tidied(document_of(texts_of(kind, language)))

    assert problems(document) == []
    assert source.read(source.written(document)) == document
    assert own_texts(kind, language, document).subject == texts_of(kind, language).subject


@pytest.mark.parametrize(
    ("text", "line"), [("x = ", 1), ('a = "b"\n[[blocks]', 2), ("a.b = 1\na = 2", 2), ("= =", 1)]
)
def test_what_is_no_source_is_told_with_its_line(text, line):
    with pytest.raises(source.SourceError) as caught:
        source.read(text)

    assert caught.value.line == line


def test_what_is_something_else_is_an_empty_document():
    assert source.read("subject = 3\nblocks = 4") == {"subject": "", "preview": "", "short": "", "blocks": []}


def test_a_place_is_found_in_the_source():
    text = source.written(
        tidied(
            {"subject": "Hi", "blocks": [{"type": "divider"}, {"type": "heading", "text": "One\nTwo {{ x"}]}
        )
    )

    line = source.line_of(text, "blocks.1.text", 2)

    assert text.splitlines()[line - 1].startswith("Two")
