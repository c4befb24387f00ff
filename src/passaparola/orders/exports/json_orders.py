"""Orders out of JSON files: one object a line, or a list, as REST answers are saved. Streams both."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from passaparola.inbound import reading

_STRING = re.compile(r'"(?:\\.|[^"\\])*"')
_BETWEEN = re.compile(r"[\s,\[\]]*")


LONGEST_ORDER = 5 * 1024 * 1024


def is_json(lines: Iterable[str]) -> tuple[bool, Iterator[str]]:
    """Tell by the first sign whether this is JSON; returns the lines again, the tried ones too."""
    source = iter(lines)
    tried = []
    for line in source:
        tried.append(line)
        start = line.lstrip("\ufeff \t\r\n")
        if start:
            return start[0] in "[{", chain(tried, source)
    return False, iter(tried)


def read_objects(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yield each object with the line at which it starts, or the sentence why it can't be read.

    Lines are gathered until their braces balance, so a pretty-printed list costs the memory of one order.
    A new `{"` at the beginning of a line is a new order even if the one before was never closed.
    """
    gathered: list[str] = []
    depth = length = 0
    start = 1
    for number, line in enumerate(lines, 1):
        if gathered and (length > LONGEST_ORDER or line.startswith('{"')):
            yield start, "The order is cut off: its braces are not closed."
            gathered, depth, length = [], 0, 0
        if not gathered:
            start = number
        gathered.append(line.lstrip("\ufeff") if number == 1 else line)
        length += len(line)
        bare = _STRING.sub("", line)
        depth += bare.count("{") - bare.count("}")
        if depth <= 0:
            yield from _objects("".join(gathered), start)
            gathered, depth, length = [], 0, 0
    if gathered:
        yield start, "The file ends in the middle of an order."


def _objects(text: str, line: int) -> Iterator[tuple[int, dict[str, Any] | str]]:
    place = _end(text, 0)
    has_refused = reading.may_hold_refused(text)
    while place < len(text):
        try:
            value, end = reading.DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            yield line + text.count("\n", 0, place), "This is not JSON."
            return
        if type(value) is dict:
            clean = reading.without_refused(value) if has_refused else value
            yield line + text.count("\n", 0, place), clean
        place = _end(text, end)


def _end(text: str, place: int) -> int:
    found = _BETWEEN.match(text, place)
    return found.end() if found else place
