"""Text as the rules read it: lower case, no accents, one kind of apostrophe; in sentences and clauses."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*[.!?]*")
_TAG = re.compile(
    r"[,\s]+(?:(?:le |ti |vi )?va bene(?: (?:per lei|cosi))?|ok|okay|d'accordo|all right|alright|"
    r"is that (?:ok|okay|all right)"
    r"(?: (?:for|with) you)?|if that(?:'s| is) (?:ok|okay|all right)(?: (?:for|with) you)?|che ne dice|"
    r"deal)\s*\?+$"
)
_CLAUSE = re.compile(
    r"\s*(?:[,;()]|:(?!\d))\s*|\s+[-–—]\s+|\s+(?:e|ed|ma|pero|quindi|cosi|and|but|so|then|poi)\s+(?!(?:mezz|"
    r"mezza|un quarto|half)\b)"
)


class Sentence(NamedTuple):
    start: int
    end: int
    plain: str
    is_question: bool


def plain(text: str) -> str:
    """Return the text without what writing adds; as long as the text was."""
    found = []
    for sign in text.replace("’", "'").replace("ʼ", "'").replace("`", "'"):
        bare = unicodedata.normalize("NFD", sign)[0].lower()
        found.append(bare if len(bare) == 1 else sign)
    return "".join(found)


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text with their place. A question that only asks for assent is none."""
    for match in _SENTENCE.finditer(text):
        words = re.sub(r"\s+", " ", plain(match.group())).strip()
        untagged = _TAG.sub("", words)
        if untagged:
            yield Sentence(match.start(), match.end(), untagged, untagged.rstrip().endswith("?"))


def clauses(sentence: str) -> list[str]:
    return [part for part in _CLAUSE.split(sentence.strip(" .!?")) if part and part.strip()]
