"""How many parts a text has: carriers charge by the part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.messages.channels.sms.segments import plain, segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("è" * 160, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ł" * 70, 1),
        ("ł" * 71, 2),
        ("🎁" * 35, 1),
        ("🎁" * 36, 2),
    ],
)
def test_parts_are_counted_as_carriers_do(text, parts):
    assert segments(text) == parts


def test_a_curly_quote_does_not_double_the_price():
    assert plain("“È l’ora…”") == "\"E' l'ora...\""
    assert segments(plain("“" + "a" * 100 + "”")) == 1


@given(st.text(max_size=400))
def test_no_text_grows_dearer_by_being_plain(text):
    assert 1 <= segments(plain(text)) <= max(segments(text), segments("a" * (3 * len(text))))
