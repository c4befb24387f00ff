"""Two people, or two tabs, on one journey: who saves second is told what was saved in between, and chooses.

A form carries the number of the version it was made from. What others changed elsewhere in the journey is in the
way of nobody: only the part that this form is about is compared.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from passaparola.journeys.models import Journey, Version
from passaparola.journeys.rules.document import Definition
from passaparola.journeys.rules.settings import DocumentError

Part = Callable[[Definition], object]


def made_from(data: Mapping[str, Any]) -> int | None:
    """Return the number of the version that a form was made from; None where it doesn't say."""
    number = data.get("version", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10  # noqa: PLR2004 - digits
    return int(number) if is_number else None


def saved_since(data: Mapping[str, Any], journey: Journey, part: Part) -> Version | None:
    """Return what is live now if it has another `part` than the version that the form was made from."""
    number, live = made_from(data), journey.live
    if number is None or live is None or number == live.number:
        return None
    old = journey.versions.filter(number=number).first()
    return live if old is not None and _part(old, part) != _part(live, part) else None


def _part(version: Version, part: Part) -> object:
    try:
        return part(version.definition)
    except DocumentError:
        return None


def beginning(definition: Definition) -> object:
    """What the form of the start and the end is about."""
    return replace(definition, steps={}, first="", listens=frozenset())


def whole(definition: Definition) -> object:
    return definition
