"""What people send with a form, as values. Whatever can't be is left out: the action says what is missing."""

import re
from collections.abc import Iterator, Mapping

from django.http import HttpRequest

_NUMBER = re.compile(r"-?\d{1,9}")


def numbers(posted: Mapping[str, str], prefix: str) -> dict[int, int]:
    """`q-12=3` gives {12: 3}. Zeros are left out; what is negative stays, to be refused."""
    found = {key: whole(value) for key, value in _named(posted, prefix)}
    return {key: number for key, number in found.items() if number}


def texts(posted: Mapping[str, str], prefix: str) -> dict[int, str]:
    return {key: value.replace("\x00", "") for key, value in _named(posted, prefix)}


def said(posted: Mapping[str, str], name: str, most: int) -> str:
    """One field as text, without what no database column takes, and no longer than `most`."""
    return posted.get(name, "").replace("\x00", "")[:most]


def _named(posted: Mapping[str, str], prefix: str) -> Iterator[tuple[int, str]]:
    for name in posted:
        head, _, key = name.rpartition("-")
        if head == prefix and re.fullmatch(r"\d{1,18}", key):
            yield int(key), posted[name]


def whole(text: str) -> int:
    text = text.strip()
    return int(text) if _NUMBER.fullmatch(text) else 0


def files(request: HttpRequest, prefix: str) -> Iterator[tuple[int, bytes]]:
    """Yield each file by the number in its field's name, at most four a field."""
    for name in request.FILES:
        head, _, key = name.rpartition("-")
        if head == prefix and re.fullmatch(r"\d{1,18}", key):
            for file in request.FILES.getlist(name)[:4]:
                yield int(key), file.read()
