"""The texts a shop writes itself: read from the editor, checked to the line, and made into what kinds are made of.

A document is what one language says: `{"subject", "preview", "short", "blocks": [{"type", "text", …}]}`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from liquid.exceptions import LiquidError

from passaparola.messages.rendering import liquids
from passaparola.messages.rendering.blocks import BLOCKS, FIELDS
from passaparola.messages.rendering.held import Held, plain
from passaparola.messages.rendering.texts import Texts, texts_of

MOST_BLOCKS = 60
LONGEST = 10_000
"""Letters of one text; a mail that mail programs show whole has a tenth of it in all."""
LINES = ("subject", "preview", "short")
Document = dict[str, Any]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: `place` is `subject`, or `blocks.2.text` for the third block's text."""

    place: str
    line: int
    """Within that text, counted from 1; 0 where it is the whole."""
    code: str
    """A key of `editor.sentences`."""
    words: str = ""
    """What Liquid or MJML says, in English; the name that there is not."""
    instead: str = ""
    """What was probably meant."""


def document_of(texts: Texts) -> Document:
    """Return a kind's own texts as a document: what a shop begins with."""
    return {
        "subject": texts.subject,
        "preview": texts.preview,
        "short": texts.short,
        "blocks": [dict(block) for block in texts.blocks],
    }


def tidied(document: Mapping[str, Any]) -> Document:
    """Return a document with nothing in it but what documents have, whatever was handed in."""
    blocks = document.get("blocks")
    found: Document = {name: _text(document.get(name)) for name in LINES}
    found["blocks"] = [
        {"type": _text(block.get("type"))}
        | {name: _text(block[name]) for name in FIELDS if _text(block.get(name)).strip()}
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, dict)
    ]
    return found


def _text(value: object) -> str:
    return _CONTROL.sub("", value.replace("\r\n", "\n")) if isinstance(value, str) else ""


def problems(document: Document) -> list[Problem]:
    """Return what keeps a document from being sent, as far as it can be seen without a person to write to."""
    found = list(_shape(document))
    for place, text in texts_in(document):
        if len(text) > LONGEST:
            found.append(Problem(place, 0, "too_long"))
            continue
        try:
            liquids.TEXT.from_string(source_of(place, text))
        except (LiquidError, RecursionError) as error:
            found.append(Problem(place, liquids.line_of(error) or 1, "liquid", liquids.words_of(error)))
    return found


def _shape(document: Document) -> Iterator[Problem]:
    if not document["subject"].strip():
        yield Problem("subject", 0, "no_subject")
    if "\n" in document["subject"].strip():
        yield Problem("subject", 2, "one_line")
    if not document["blocks"]:
        yield Problem("blocks", 0, "no_blocks")
    if len(document["blocks"]) > MOST_BLOCKS:
        yield Problem("blocks", 0, "too_many_blocks")
    for number, block in enumerate(document["blocks"]):
        if block["type"] not in BLOCKS:
            yield Problem(f"blocks.{number}.type", 0, "no_such_block", block["type"])


def texts_in(document: Document) -> Iterator[tuple[str, str]]:
    """Yield every text with its place."""
    for name in LINES:
        yield name, document[name]
    for number, block in enumerate(document["blocks"]):
        for name in FIELDS:
            if block.get(name):
                yield f"blocks.{number}.{name}", block[name]


def source_of(place: str, text: str) -> str:
    """Return a text as Liquid reads it: a block's condition is one only between its tags."""
    return f"{{% if {text} %}}{{% endif %}}" if place.endswith(".if") else text


def own_texts(kind: str, language: str, document: Mapping[str, Any]) -> Texts:
    """Return the document as texts: what goes into the page is clean, and its Liquid waits in `held`."""
    held, document = Held(), tidied(document)
    return replace(
        texts_of(kind, language),
        language=language,
        subject=" ".join(document["subject"].split()),
        preview=" ".join(document["preview"].split()),
        short=" ".join(document["short"].split()),
        head=(held.attribute(document["subject"]), held.attribute(document["preview"])),
        blocks=tuple(_block(block, held) for block in document["blocks"]),
        restore=held.restore,
    )


def _block(block: Mapping[str, str], held: Held) -> dict[str, str]:
    text, is_source = block.get("text", ""), block["type"] == "mjml"
    made = {
        "type": block["type"],
        "text": held.hold(text) if is_source else held.markup(text),
        "plain": "" if is_source else plain(text),
    }
    for name in ("url", "image", "alt"):
        if block.get(name):
            made |= {name: held.attribute(block[name]), f"plain_{name}": block[name].strip()}
    if block.get("if"):
        made |= {
            "if": block["if"],
            "opens": held.piece(f"{{% if {block['if']} %}}"),
            "closes": held.piece("{% endif %}"),
        }
    return made
