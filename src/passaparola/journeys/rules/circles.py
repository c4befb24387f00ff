"""Ways that lead back to where somebody was before.

A circle in which nobody ever waits is refused where the document is read. One with a wait in it may be meant (“every
month, until …”), so it is only told, and whether anything ends it.
"""

from dataclasses import dataclass

from passaparola.journeys.rules.document import Definition
from passaparola.journeys.rules.values import END


@dataclass(frozen=True, slots=True)
class Circle:
    to: str
    """The step that people come back to."""
    is_endless: bool
    """No way leads out of it, and no way out or goal ends it."""


def circle_of(definition: Definition) -> Circle | None:
    """Return the first circle that people come to, one without an end before others."""
    reached = _reached(definition, definition.first)
    back = [one for one in reached if any(one in _reached(definition, to) for to in _ways(definition, one))]
    if not back:
        return None
    is_ended = bool(definition.exits) or bool(definition.goal and definition.goal.ends)
    endless = [] if is_ended else [one for one in back if not _comes_to_an_end(definition, one)]
    return Circle((endless or back)[0], bool(endless))


def _comes_to_an_end(definition: Definition, start: str) -> bool:
    return any(
        not definition.steps[one].ways or END in definition.steps[one].ways.values()
        for one in _reached(definition, start)
    )


def _ways(definition: Definition, step: str) -> list[str]:
    return [to for to in definition.steps[step].ways.values() if to != END]


def _reached(definition: Definition, start: str) -> dict[str, None]:
    """Every step that can be come to from there, itself too, the nearest first."""
    found: dict[str, None] = {}
    open_ = [start]
    while open_:
        at = open_.pop(0)
        if at not in found:
            found[at] = None
            open_ += _ways(definition, at)
    return found
