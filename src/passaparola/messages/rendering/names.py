"""The names a shop's own texts speak of: to Liquid a misspelt one is empty, and the letter would have a hole."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from liquid.static_analysis import TemplateAnalysis, Variable

from passaparola.messages.rendering import liquids

_OF_LISTS = frozenset({"size", "first", "last"})
"""What Liquid knows of whatever has several parts."""
_TOLD = "data"
"""Whoever asks for a message may give any name of their own in here: of these only slips of the pen are seen."""
_SLIP = 0.8


class Unknown(NamedTuple):
    """A name that there is not, and where it stands."""

    place: str
    line: int
    name: str
    instead: str
    """What was probably meant; empty where nothing comes near."""


def unknown_names(texts: Mapping[str, str], data: Mapping[str, Any]) -> list[Unknown]:
    """Return the names in these texts (Liquid that can be read, by place) that are in no letter.

    A name given in one text (`assign`, `capture`) may be said in another: together they are one letter.
    """
    read = {place: _analysis(text) for place, text in texts.items()}
    given = {name for found in read.values() for name in found.locals}
    known = list(_paths(data))
    return [
        Unknown(place, line, name, next(iter(get_close_matches(name, known, n=1)), ""))
        for place, found in read.items()
        for line, name in _strangers(found, texts[place], given, data)
    ]


def _analysis(text: str) -> TemplateAnalysis:
    return liquids.TEXT.from_string(text).analyze(include_partials=False)


def _strangers(
    found: TemplateAnalysis, text: str, given: set[str], data: Mapping[str, Any]
) -> Iterator[tuple[int, str]]:
    told: set[str] = set()
    for root, variables in found.globals.items():
        for variable in variables:
            name = str(variable)
            if root not in given and name not in told and not _is_known(variable, data):
                told.add(name)
                yield text.count("\n", 0, variable.span.index) + 1, name


def _is_known(variable: Variable, data: Mapping[str, Any]) -> bool:
    """Tell whether there is such a name, as far as that is known before anybody is written to."""
    found: Any = data
    for depth, segment in enumerate(variable.segments):
        if not isinstance(segment, str) or (depth and segment in _OF_LISTS):
            return True
        if not isinstance(found, Mapping):
            return False
        if segment not in found:
            is_free = depth > 0 and variable.segments[0] == _TOLD
            return is_free and not get_close_matches(segment, list(found), n=1, cutoff=_SLIP)
        found = found[segment]
    return True


def _paths(data: Mapping[str, Any]) -> Iterator[str]:
    for name, value in data.items():
        yield name
        if isinstance(value, Mapping):
            yield from (f"{name}.{part}" for part in value)
