"""The texts of a kind in a language, read from `kinds/<kind>/<language>.toml`, and the words all kinds share."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_KINDS = files("passaparola.messages.kinds")
_SHARED = files("passaparola.messages.rendering") / "words"


class TemplateError(ValueError):
    """The texts of a kind can't be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What a kind says. All texts are Liquid."""

    kind: str
    language: str
    subject: str
    preview: str
    blocks: tuple[dict[str, Any], ...]
    short: str = ""
    """The same in a line or two, for channels without room, to follow after the shop's name and a colon; the link
    comes behind it. Where nobody wrote one, the subject serves."""
    head: tuple[str, str] = ("", "")
    """Subject and preview as they may stand in the page; empty: as they are."""
    restore: Callable[[str], str] = str
    """Puts the Liquid of a shop's own texts into the finished page."""


@cache
def texts_of(kind: str, language: str) -> Texts:
    """Return the texts, in English for a language that the kind is not written in."""
    folder = _KINDS / kind
    source = folder / f"{language}.toml"
    if not source.is_file():
        source, language = folder / "en.toml", "en"
    found = tomllib.loads(source.read_text(encoding="utf-8"))
    return Texts(
        kind=kind,
        language=language,
        subject=_line(found["subject"]),
        preview=_line(found.get("preview", "")),
        blocks=tuple({**block, "text": _line(block.get("text", ""))} for block in found["blocks"]),
        short=_line(found.get("short", "")),
    )


@cache
def words_of(language: str) -> dict[str, Any]:
    """Return the words that the blocks themselves use: labels, steps of progress, sentences on siblings."""
    return tomllib.loads((_SHARED / f"{language}.toml").read_text(encoding="utf-8"))


def _line(text: str) -> str:
    return " ".join(text.split())
