"""The form of a journey's ways out and of its goal: what each listens to, in the same fields as a step's.

Names are `exit-<n>-on`, `exit-<n>-if-0-field`, `goal-within-amount` and so on. Numbers may have gaps: a way out that
was taken away leaves the names of the others alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from passaparola.journeys.rules.document import Definition, Goal, Listening
from passaparola.journeys.rules.settings import DocumentError, Setting
from passaparola.journeys.stepform import Shown, field_of, point_at, sent_fields
from passaparola.journeys.words import StepWords
from passaparola.journeys.wrong import told_in_form
from passaparola.kernel.events import Event
from passaparola.segments.choices import told_by
from passaparola.segments.rules.condition import EVERYBODY, ConditionError, Group, Where, parse, write
from passaparola.stores.models import Store

GOAL = "goal-"
NEVER_ITS_OWN = frozenset({"OrderPlaced"})
"""Events that can't happen to the order of a journey that goes on already."""
_EXIT = re.compile(r"exit-([0-9]{1,4})-about")
_ABOUT = ("order", "customer")
EXIT_FIELDS = (
    Setting(key="on", type="events"),
    Setting(key="about", type="choice", choices=_ABOUT, default="order"),
    Setting(key="if", type="condition"),
)
GOAL_FIELDS = (
    Setting(key="on", type="events"),
    Setting(key="about", type="choice", choices=_ABOUT, default="customer"),
    Setting(key="within", type="duration"),
    Setting(key="ends", type="flag", default=True),
    Setting(key="if", type="condition"),
)
WORDS = StepWords(
    label=_("Way out"),
    icon="log-out",
    about="",
    settings={
        "on": _("When one of these happens"),
        "about": _("Looks at"),
        "if": _("Only if"),
        "within": _("Counts within"),
        "ends": _("Whoever reaches it has come to the end of the journey"),
    },
    hints={"within": _("From the start of the journey; sixty days where nothing is said.")},
)


@dataclass
class Listens:
    """A way out, or the goal, in the form."""

    prefix: str
    fields: list[Shown]
    error: str = ""
    is_new: bool = False
    """Asked for just now: where somebody goes on typing."""

    @property
    def remove(self) -> str:
        """What the button says that takes it away."""
        return f"exits:remove-{self.prefix}"


@dataclass
class Endings:
    exits: list[Listens]
    goal: Listens
    has_removed: bool = False
    """One was just taken away: the button that adds one is what is left to go on with."""

    def point_at(self, error: DocumentError) -> None:
        """Say what is wrong beside the way out, or the goal, that it is in."""
        match error.where:
            case ("exits", int(n), *_) if n < len(self.exits):
                found = self.exits[n]
            case ("goal", *_):
                found = self.goal
            case _:
                return
        found.error = told_in_form(error, WORDS.settings)
        point_at(found.fields, error)
        if any(row.error for one in found.fields if one.builder for row in one.builder.rows):
            found.error = ""


def of_definition(definition: Definition, store: Store) -> Endings:
    starts = definition.trigger.kinds
    exits = [
        _listens(f"exit-{n}-", _values(leaving), None, store, starts)
        for n, leaving in enumerate(definition.exits)
    ]
    goal = _listens(GOAL, _goal(definition.goal), None, store, starts)
    return Endings(exits, goal)


def of_form(data: Any, store: Store, starts: Sequence[str]) -> Endings:
    """Return the form as it was sent, with what its buttons asked for done: a way out more, one less."""
    do = data.get("do", "")
    names = [one for one in _exits(data) if do != f"exits:remove-{one}"]
    exits = [_listens(one, {}, data, store, starts) for one in names]
    if do == "exits:add":
        last = max((int(one.split("-")[1]) for one in names), default=-1)
        exits.append(_listens(f"exit-{last + 1}-", _values(Listening()), None, store, starts))
        exits[-1].is_new = True
    goal = _listens(GOAL, {}, data, store, starts)
    return Endings(exits, goal, do.startswith("exits:remove-"))


def sent(data: Mapping[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """Return the ways out and the goal of a document as the form was sent."""
    exits = [_written(EXIT_FIELDS, data, one) for one in _exits(data)]
    goal = _written(GOAL_FIELDS, data, GOAL)
    goal |= {} if goal.pop("ends", False) else {"ends": False}
    return exits, goal if "on" in goal or "if" in goal else None


def check(document: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Refuse what would never happen, where it was not there already. Raises DocumentError."""
    old = before.get("exits") or []
    given: list[tuple[Where, Any, str]] = [
        (("exits", n), one, "order") for n, one in enumerate(document.get("exits", [])) if one not in old
    ]
    if document.get("goal") != before.get("goal"):
        given.append((("goal",), document.get("goal"), "customer"))
    for where, one, default in given:
        if isinstance(one, dict) and one.get("about", default) == "order" and _never(one.get("on")):
            sentence = (
                "A new order is never the order of the journey: let it look at anything of this customer."
            )
            raise DocumentError(sentence, (*where, "about"))


def _never(kinds: object) -> bool:
    return not NEVER_ITS_OWN.isdisjoint(kinds if isinstance(kinds, list) else [str(kinds)])


def _exits(data: Mapping[str, Any]) -> Iterator[str]:
    """What the names of each way out begin with, in their order."""
    numbers = sorted(int(found[1]) for key in data if (found := _EXIT.fullmatch(key)))
    return (f"exit-{n}-" for n in numbers)


def _listens(
    prefix: str, values: Mapping[str, Any], data: Any, store: Store, starts: Sequence[str]
) -> Listens:
    on = f"{prefix}on"
    kinds = values.get("on") or (data.getlist(on) if data else ()) or starts
    tells = tuple(told_by(one for one in kinds if one in Event.kinds))
    settings = GOAL_FIELDS if prefix == GOAL else EXIT_FIELDS
    fields = [field_of(one, WORDS, values.get(one.key), data, store, tells, prefix) for one in settings]
    for one in fields:
        one.follows = on if one.type == "condition" else ""
    return Listens(prefix, fields)


def _values(listening: Listening) -> dict[str, Any]:
    about = "order" if listening.about_order else "customer"
    return {"on": listening.kinds, "about": about, "if": listening.condition}


def _goal(goal: Goal | None) -> dict[str, Any]:
    if goal is None:
        return {"about": "customer", "ends": True}
    return _values(goal.on) | {"within": goal.within, "ends": goal.ends}


def _written(settings: Sequence[Setting], data: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """What goes without saying is left out, and a condition stands there as people write it."""
    found = sent_fields(settings, data, prefix)
    default = next(one.default for one in settings if one.key == "about")
    if found.get("about") == default:
        del found["about"]
    try:
        condition = parse(found.get("if"))
    except ConditionError:
        return found  # said where the whole document is read
    match condition:
        case Group("all", (only,)):
            condition = only
    return found | ({"if": write(condition)} if condition != EVERYBODY else {})
