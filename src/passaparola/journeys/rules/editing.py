"""Changing a document step by step: everything that the editor's buttons do. Documents in, documents out.

Steps are first given all their ways in full, so that moving one changes no other's way by accident; afterwards
what goes without saying (on to the one below) is left out again, so that people can read the file.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from passaparola.journeys.rules.document import Definition, Listening, read_exits, read_goal
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.rules.values import END
from passaparola.journeys.step import STEPS
from passaparola.segments.rules.condition import Condition, Group

Document = dict[str, Any]
Step = dict[str, Any]


def _spelt_out(document: Mapping[str, Any], definition: Definition) -> Document:
    """Return a copy in which every step names where each of its ways leads."""
    copy = deepcopy(dict(document))
    for step in copy["steps"]:
        step["next"] = {way: to or "end" for way, to in definition.steps[step["id"]].ways.items()}
    return copy


def _short(document: Document) -> Document:
    """Leave out what goes without saying."""
    steps = document["steps"]
    for n, step in enumerate(steps):
        below = steps[n + 1]["id"] if n + 1 < len(steps) else "end"
        ways = dict(step.pop("next", {}))
        told = {way: to for way, to in ways.items() if to != below}
        if told and len(ways) == 1:
            step["next"] = next(iter(told.values()))
        elif told:
            step["next"] = told
    return document


def _at(document: Document, name: str) -> Step:
    return next(step for step in document["steps"] if step["id"] == name)


def fresh_id(definition: Definition, kind: str) -> str:
    """Return a step's name that nobody has: `wait`, `wait_2`."""
    names = (kind if n == 1 else f"{kind}_{n}" for n in range(1, len(definition.steps) + 3))
    return next(name for name in names if name not in definition.steps)


def add(
    document: Document, definition: Definition, step: Step, *, after: str = "", way: str = "next"
) -> Document:
    """Put a step behind another one, on one of its ways; without one, at the beginning.

    The new one's first way goes on to where that way led before; its other ways end.
    """
    changed = _spelt_out(document, definition)
    target = definition.first if not after else definition.steps[after].ways.get(way, END)
    kind = STEPS[step["kind"]]
    ways = kind.ways(_settings(step))
    new = dict(step) | {"next": {one: (target or "end") if n == 0 else "end" for n, one in enumerate(ways)}}
    place = 0
    if after:
        _at(changed, after)["next"][way] = step["id"]
        place = [one["id"] for one in changed["steps"]].index(after) + 1
    changed["steps"].insert(place, new)
    return _short(changed)


def _settings(step: Step) -> Mapping[str, Any]:
    """Enough of the settings to know the ways: only random shares have ways of their own."""
    return {"shares": dict(step.get("shares") or {})}


def remove(document: Document, definition: Definition, name: str) -> Document:
    """Take a step out; whoever came to it goes on to where its first way led."""
    changed = _spelt_out(document, definition)
    ways = list(definition.steps[name].ways.values())
    onward = (ways[0] if ways else END) or "end"
    changed["steps"] = [step for step in changed["steps"] if step["id"] != name]
    for step in changed["steps"]:
        step["next"] = {
            way: onward if to == name and onward != name else to for way, to in step["next"].items()
        }
    return _first(_short(changed), onward if definition.first == name else definition.first)


def replace(document: Document, definition: Definition, name: str, step: Step) -> Document:
    """Give a step other settings; ways that it no longer has are forgotten, new ones end."""
    changed = _spelt_out(document, definition)
    old = _at(changed, name)
    ways = STEPS[step["kind"]].ways(_settings(step))
    given = step.get("next") or {}
    new = dict(step) | {
        "id": name,
        "next": {way: given.get(way) or old["next"].get(way, "end") for way in ways},
    }
    changed["steps"] = [new if one["id"] == name else one for one in changed["steps"]]
    return _first(_short(changed), definition.first)


def move_up(document: Document, definition: Definition, name: str) -> Document:
    """Let a step change places with the one before it. Where there is none, or several, nothing changes."""
    before = [one.id for one in definition.steps.values() if name in one.ways.values()]
    if (
        len(before) != 1
        or len(definition.steps[before[0]].ways) != 1
        or len(definition.steps[name].ways) != 1
    ):
        return document
    changed = _spelt_out(document, definition)
    upper, moved = _at(changed, before[0]), _at(changed, name)
    onward = next(iter(moved["next"].values()))
    for step in changed["steps"]:
        if step not in (upper, moved):
            step["next"] = {way: name if to == upper["id"] else to for way, to in step["next"].items()}
    upper["next"] = dict.fromkeys(upper["next"], onward)
    moved["next"] = dict.fromkeys(moved["next"], upper["id"])
    steps: Sequence[Step] = changed["steps"]
    one, other = steps.index(upper), steps.index(moved)
    changed["steps"][one], changed["steps"][other] = moved, upper
    return _first(_short(changed), name if definition.first == upper["id"] else definition.first)


def move_down(document: Document, definition: Definition, name: str) -> Document:
    """Let a step change places with the one behind it."""
    ways = list(definition.steps[name].ways.values())
    return move_up(document, definition, ways[0]) if len(ways) == 1 and ways[0] else document


def _first(document: Document, name: str) -> Document:
    """Put the step that everything begins with in front; ways stay what they are."""
    steps = document["steps"]
    if not steps or steps[0]["id"] == name or not any(step["id"] == name for step in steps):
        return document
    return _reordered(document, name)


def _reordered(document: Document, name: str) -> Document:
    steps = document["steps"]
    for n, step in enumerate(steps):
        below = steps[n + 1]["id"] if n + 1 < len(steps) else "end"
        ways = STEPS[step["kind"]].ways(_settings(step))
        given = step.get("next")
        told = given if isinstance(given, dict) else {} if given is None else dict.fromkeys(ways[:1], given)
        step["next"] = {way: told.get(way, below) for way in ways}
    front = next(step for step in steps if step["id"] == name)
    document["steps"] = [front, *(step for step in steps if step is not front)]
    return _short(document)


def end(document: Document, exits: Sequence[Step], goal: Step | None) -> Document:
    """Give a journey these ways out and this goal; what means the same as before stays as it was written."""
    changed = {key: value for key, value in document.items() if key not in {"exits", "goal"}}
    before = list(document.get("exits") or [])
    for one in exits:
        old = next((old for old in before if _meaning_of_exit(old) == (_meaning_of_exit(one) or "")), None)
        if old is not None:
            before.remove(old)
        changed.setdefault("exits", []).append(one if old is None else old)
    if goal:
        old = document.get("goal")
        changed["goal"] = old if old and _meaning_of_goal(old) == (_meaning_of_goal(goal) or "") else goal
    return changed


def _meaning_of_exit(written: object) -> object:
    try:
        return _heard(read_exits([written], {})[0])
    except DocumentError:
        return None


def _meaning_of_goal(written: object) -> object:
    try:
        goal = read_goal(written, {})
    except DocumentError:
        return None
    return (_heard(goal.on), goal.within, goal.ends) if goal else None


def _heard(listening: Listening) -> object:
    """Events have no order, and all of one question is that question."""
    return frozenset(listening.kinds), _plain(listening.condition), listening.about_order


def _plain(condition: Condition) -> Condition:
    match condition:
        case Group("all", (only,)):
            return only
        case _:
            return condition
