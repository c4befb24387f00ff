"""A document as text for those who would rather type: the same TOML that our own kinds are written in."""

import json
import re
import tomllib
from typing import Any

from passaparola.messages.rendering.blocks import FIELDS
from passaparola.messages.rendering.own import LINES, Document, tidied

_LINE = re.compile(r"line (\d+)")
_SHORT = 60
_HEAD = re.compile(r"^\s*\[\[\s*blocks\s*\]\]")


class SourceError(ValueError):
    """The source can't be read at `line`."""

    def __init__(self, words: str, line: int) -> None:
        super().__init__(words)
        self.line = line


def written(document: Document) -> str:
    """Return a document as source."""
    parts = [_pair(name, document[name]) for name in LINES if document[name] or name == "subject"]
    for block in document["blocks"]:
        parts.append("\n[[blocks]]")
        parts += [_pair(name, block[name]) for name in ("type", *FIELDS) if block.get(name)]
    return "\n".join(parts) + "\n"


def _pair(name: str, text: str) -> str:
    if "\n" not in text and len(text) < _SHORT and '"' not in text:
        return f"{name} = {json.dumps(text, ensure_ascii=False)}"
    safe = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if safe.endswith('"'):
        safe = safe[:-1] + '\\"'
    return f'{name} = """\n{safe}"""'


def read(source: str) -> Document:
    """Return the document; SourceError with the line where it is no TOML or not ours."""
    try:
        found: Any = tomllib.loads(source.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        raise SourceError(str(error), int(at.group(1)) if at else source.count("\n") + 1) from error
    except RecursionError as error:
        raise SourceError("too deeply nested", 1) from error
    return tidied(found)


def line_of(source: str, place: str, line: int) -> int:
    """Return the line of the source at which the `line`th line of a text stands; 1 where it is not found."""
    lines = source.splitlines()
    start, name = 0, place.rpartition(".")[2]
    if place.startswith("blocks."):
        wanted = int(place.split(".")[1])
        heads = [number for number, text in enumerate(lines) if _HEAD.match(text)]
        start = heads[wanted] if wanted < len(heads) else 0
    for number in range(start, len(lines)):
        key, sign, value = lines[number].partition("=")
        if sign and key.strip() == name:
            opens_below = value.strip() in {'"""', "'''"}
            return number + 1 + max(line - 1, 0) + opens_below
    return start + 1
