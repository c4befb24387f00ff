"""A shop's own words on their way into a page: Liquid is held back, HTML is cleaned, then Liquid is put in again.

MJML and the HTML cleaner read signs like `<` in a condition as theirs. So each piece of Liquid travels as a
word of its own, that no person types, until both are done.
"""

import re
from dataclasses import dataclass, field
from html import escape

import nh3

_LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORD = re.compile(r"heldliquid(\d+)z")
_TAGS = {"a", "b", "strong", "i", "em", "u", "s", "br", "sup", "sub", "code", "ul", "ol", "li"}
_LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


@dataclass
class Held:
    """The pieces of Liquid of one text, each in its place."""

    pieces: list[str] = field(default_factory=list)

    def hold(self, text: str) -> str:
        """Return the text with a word in place of each piece of Liquid."""
        return _LIQUID.sub(lambda found: self.piece(found.group()), _WORD.sub("", text))

    def piece(self, liquid: str) -> str:
        """Keep one piece, and return the word for it."""
        self.pieces.append(liquid)
        return f"heldliquid{len(self.pieces) - 1}z"

    def markup(self, text: str) -> str:
        """Return what a person typed as clean HTML: a few tags stay, a new line stays a new line."""
        clean = nh3.clean(
            self.hold(text.strip()),
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel=None,
        )
        return clean.replace("\r\n", "\n").replace("\n", "<br/>")

    def attribute(self, text: str) -> str:
        """Return it as the value of an attribute."""
        return escape(self.hold(text.strip()), quote=True)

    def restore(self, page: str) -> str:
        """Put the Liquid in again."""
        return _WORD.sub(lambda found: self.pieces[int(found.group(1))], page)


def plain(text: str) -> str:
    """Return the same for a mail without HTML: links show where they lead, other tags go."""
    held = Held()
    words = _LINK.sub(r"\2 (\1)", held.hold(text.strip()).replace("\r\n", "\n"))
    words = _TAG.sub("", re.sub(r"<br\s*/?>", "\n", words, flags=re.IGNORECASE))
    return held.restore(words)
