"""A journey as a document, and what it defines once it has been read.

    name: Thank you after delivery
    trigger: {on: OrderDelivered, if: {field: order.total, is: more_than, value: 20}}
    again: order                      # event, order, customer, or {customer after: 90 days}
    goal: {on: OrderPlaced, within: 60 days}
    exits:
      - {on: OrderRefunded}
    hold_out: 10                      # per cent of customers who are left alone, to see what it is worth
    steps:
      - {id: rest, kind: wait, for: 2 days, between: 9:00-18:00}
      - {id: thanks, kind: send_message, message: thank_you}

A step goes on to the one below it, or to `next`; a step of several ways has `next: {yes: …, no: …}`. `end` is
the end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from passaparola.journeys.rules.settings import DocumentError, Known, Setting, condition, event, read
from passaparola.journeys.rules.values import END
from passaparola.journeys.step import STEPS
from passaparola.segments.rules import durations
from passaparola.segments.rules.condition import EVERYBODY, Condition, Where

MOST_STEPS = 100
MOST_HELD_OUT = Decimal(50)
GOAL_WITHIN = timedelta(days=60)
_TOP = {"name", "about", "trigger", "again", "goal", "exits", "hold_out", "steps"}


CANCELLED = "OrderCancelled"


@dataclass(frozen=True, slots=True)
class Listening:
    """Events to listen to, and what has to be true then."""

    kinds: tuple[str, ...] = ()
    condition: Condition = EVERYBODY
    about_order: bool = True
    """Of an order's journey only what is about that order counts."""


@dataclass(frozen=True, slots=True)
class Goal:
    on: Listening
    within: timedelta = GOAL_WITHIN
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Again:
    """When somebody may enter once more."""

    per: str = "order"
    """`event`: each time; `order`, `customer`: once for each."""
    after: timedelta | None = None
    """With `customer`: again when that much time has passed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A step in its place."""

    id: str
    kind: str
    settings: Mapping[str, Any]
    ways: Mapping[str, str]
    """Way to the next step's id; `END` where it ends."""
    name: str = ""

    @property
    def hears(self) -> tuple[str, ...]:
        """The events it waits for, and those that take back what it asked for."""
        return (*(self.settings.get("events") or ()), *(self.settings.get("gone_with") or ()))


@dataclass(frozen=True, slots=True)
class Definition:
    name: str
    about: str
    trigger: Listening
    steps: Mapping[str, Placed]
    first: str
    again: Again = Again()
    goal: Goal | None = None
    exits: tuple[Listening, ...] = ()
    hold_out: Decimal = Decimal(0)
    listens: frozenset[str] = field(default=frozenset())
    """Every kind of event that may start, end or wake somebody in it."""

    @property
    def waits_for_cancelling(self) -> bool:
        """Whether one of its steps waits for the cancellation that ends every other journey about the order."""
        return any(CANCELLED in (placed.settings.get("events") or ()) for placed in self.steps.values())

    def with_goal_as_exit(self) -> "Definition":
        """Return it with a goal that ends it as one more way out.

        Live, the event itself reaches the goal and ends the journey; whoever looks from later has to find it.
        """
        if self.goal is None or not self.goal.ends:
            return self
        return replace(self, exits=(*self.exits, self.goal.on))


def define(document: object, *, known: Known | None = None) -> Definition:
    """Read a document. Raises DocumentError with the way to what is wrong."""
    words = known or {}
    if not isinstance(document, Mapping):
        raise DocumentError("A journey has a name, a trigger and steps.")
    unknown = next((key for key in document if key not in _TOP), None)
    if unknown is not None:
        raise DocumentError("“%(key)s” is not known here.", (str(unknown),), key=str(unknown)[:60])
    name = str(document.get("name") or "").strip()
    is_text = isinstance(document.get("name"), str | int | float)
    if not name or not is_text or len(name) > 120:  # noqa: PLR2004 - characters
        raise DocumentError("Give the journey a name of at most 120 characters.", ("name",))
    steps = _steps(document.get("steps"), words)
    trigger = _listening(document.get("trigger"), ("trigger",), words)
    if not trigger.kinds:
        raise DocumentError("Say which event starts it: “on: OrderDelivered”.", ("trigger",))
    goal, exits = read_goal(document.get("goal"), words), read_exits(document.get("exits"), words)
    heard = {kind for step in steps.values() for kind in step.hears}
    listens = {*trigger.kinds, *heard, *(kind for leaving in exits for kind in leaving.kinds)}
    return Definition(
        name=name,
        about=str(document.get("about") or "")[:1000],
        trigger=trigger,
        steps=steps,
        first=next(iter(steps)),
        again=_again(document.get("again")),
        goal=goal,
        exits=exits,
        hold_out=_hold_out(document.get("hold_out", 0)),
        listens=frozenset(listens | {*(goal.on.kinds if goal else ())}),
    )


def _listening(value: object, where: Where, known: Known, *, about_order: bool = True) -> Listening:
    if isinstance(value, str):
        value = {"on": value}
    if not isinstance(value, Mapping):
        raise DocumentError("This needs “on”, an event, or “if”, a condition.", where)
    # YAML reads a bare `on` as a truth.
    value = {("on" if key is True else key): inner for key, inner in value.items()}
    unknown = next((key for key in value if key not in {"on", "if", "about", "within", "ends"}), None)
    if unknown is not None:
        raise DocumentError("“%(key)s” is not known here.", (*where, str(unknown)), key=str(unknown)[:60])
    kinds: tuple[str, ...] = ()
    if value.get("on"):
        names = value["on"] if isinstance(value["on"], list) else [value["on"]]
        kinds = tuple(event(Setting(key="on", type="events"), one, (*where, "on"), known) for one in names)
    about = str(value.get("about", "order" if about_order else "customer"))
    if about not in {"order", "customer"}:
        raise DocumentError("“about” is order or customer.", (*where, "about"))
    return Listening(kinds, condition(value.get("if"), (*where, "if"), known), about == "order")


def read_goal(value: object, known: Known) -> Goal | None:
    if not value:
        return None
    on = _listening(value, ("goal",), known, about_order=False)
    if not on.kinds:
        raise DocumentError("Say which event reaches the goal: “on: OrderPlaced”.", ("goal",))
    more = value if isinstance(value, Mapping) else {}
    within = durations.parse(more["within"]) if more.get("within") else GOAL_WITHIN
    if within is None:
        raise DocumentError(
            "“%(key)s” is a length of time such as “60 days”.", ("goal", "within"), key="within"
        )
    return Goal(on, within, bool(more.get("ends", True)))


def read_exits(value: object, known: Known) -> tuple[Listening, ...]:
    if not value:
        return ()
    if not isinstance(value, list):
        raise DocumentError("“exits” is a list.", ("exits",))
    found = tuple(_listening(one, ("exits", n), known) for n, one in enumerate(value))
    for n, one in enumerate(found):
        if not one.kinds and one.condition == EVERYBODY:
            raise DocumentError("Everybody would leave at once: say “on” or “if”.", ("exits", n))
    return found


def _again(value: object) -> Again:
    if value is None:
        return Again()
    if isinstance(value, Mapping) and "customer after" in value:
        after = durations.parse(value["customer after"])
        if after is None:
            raise DocumentError("“customer after” is a length of time such as “90 days”.", ("again",))
        return Again("customer", after)
    if str(value) in {"event", "order", "customer"}:
        return Again(str(value))
    raise DocumentError("“again” is event, order, customer, or {customer after: 90 days}.", ("again",))


def _hold_out(value: object) -> Decimal:
    try:
        share = Decimal(str(value or 0).strip().rstrip("%"))
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= MOST_HELD_OUT:
        raise DocumentError("“hold_out” is a share from 0 to 50 per cent.", ("hold_out",))
    return share


def _steps(value: object, known: Known) -> dict[str, Placed]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise DocumentError("A journey has at least one step.", ("steps",))
    if len(value) > MOST_STEPS:
        raise DocumentError("A hundred steps are the most.", ("steps", MOST_STEPS))
    ids = [_id(one, n) for n, one in enumerate(value)]
    for n, one in enumerate(ids):
        if one in ids[:n]:
            raise DocumentError("There are two steps called “%(id)s”.", ("steps", n, "id"), id=one)
    found = {}
    for n, (one, tree) in enumerate(zip(ids, value, strict=True)):
        below = ids[n + 1] if n + 1 < len(ids) else END
        found[one] = _step(tree, one, below, set(ids), ("steps", n), known)
    _no_endless_way(found, ids)
    return found


def _id(tree: object, n: int) -> str:
    if not isinstance(tree, Mapping):
        raise DocumentError("A step has an id and a kind.", ("steps", n))
    name = str(tree.get("id") or "")
    if not name.isascii() or not name.isidentifier() or len(name) > 40 or name == "end":  # noqa: PLR2004 - characters
        raise DocumentError("A step's id is a plain word such as “first_wait”.", ("steps", n))
    return name


def _step(  # noqa: PLR0917 - what one step is read with
    tree: Mapping[str, Any], name: str, below: str, ids: set[str], where: Where, known: Known
) -> Placed:
    kind = str(tree.get("kind") or "")
    if kind not in STEPS:
        raise DocumentError(
            "There is no step “%(kind)s”; there are: %(kinds)s.",
            (*where, "kind"),
            kind=kind[:40],
            kinds=", ".join(STEPS),
        )
    step = STEPS[kind]
    keys = {setting.key for setting in step.settings}
    unknown = next((key for key in tree if key not in {"id", "kind", "next", "name", *keys}), None)
    if unknown is not None:
        raise DocumentError(
            "“%(kind)s” has no setting “%(key)s”.", (*where, str(unknown)), kind=kind, key=str(unknown)[:40]
        )
    settings = {setting.key: read(setting, tree.get(setting.key), where, known) for setting in step.settings}
    step.check(settings, where)
    ways = _ways(tree.get("next"), step.ways(settings), below, ids, (*where, "next"))
    return Placed(name, kind, settings, ways, str(tree.get("name") or "")[:80])


def _ways(value: object, ways: Sequence[str], below: str, ids: set[str], where: Where) -> dict[str, str]:
    given = value if isinstance(value, Mapping) else {} if value is None else dict.fromkeys(ways[:1], value)
    # YAML reads yes and no as truths.
    given = {("yes" if way is True else "no" if way is False else str(way)): to for way, to in given.items()}
    unknown = next((way for way in given if way not in ways), None)
    if unknown is not None:
        raise DocumentError("There is no way “%(way)s” from here.", (*where, unknown), way=unknown)
    found = {}
    for way in ways:
        to = str(given.get(way, below) if given.get(way, below) is not None else END)
        found[way] = END if to in {"end", END} else to
        if found[way] and found[way] not in ids:
            raise DocumentError("There is no step “%(to)s” to go on to.", where, to=to[:40])
    return found


def _no_endless_way(steps: Mapping[str, Placed], ids: Sequence[str]) -> None:
    """A circle in which nobody ever waits would turn for ever."""
    done: set[str] = set()
    for start in ids:
        open_, trail = [(start, iter(steps[start].ways.values()))], {start}
        while open_:
            name, ways = open_[-1]
            to = next(ways, None)
            if to is None or STEPS[steps[name].kind].pauses:
                open_.pop()
                trail.discard(name)
                done.add(name)
            elif to in trail:
                raise DocumentError(
                    "From “%(id)s” the way leads back to itself and never waits: put a wait in between.",
                    ("steps", ids.index(name)),
                    id=name,
                )
            elif to and to not in done:
                trail.add(to)
                open_.append((to, iter(steps[to].ways.values())))
