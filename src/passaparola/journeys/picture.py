"""A journey as a picture: steps below each other, ways side by side, and how many went where."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from passaparola.journeys.letters import Names
from passaparola.journeys.rules.document import Definition, Placed
from passaparola.journeys.rules.values import END
from passaparola.journeys.words import said, words_of


@dataclass(frozen=True)
class Figures:
    """Numbers of one journey."""

    passed: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Step and way to how many took it."""
    here: Mapping[str, int] = field(default_factory=dict)
    """Step to how many stand at it now."""
    entered: int = 0
    held_out: int = 0
    endings: Mapping[str, int] = field(default_factory=dict)
    versions: Collection[int] = ()
    """Those that somebody is in."""
    sent: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Step to how many of its messages went out, and of how many."""

    @property
    def under_way(self) -> int:
        return max(0, self.entered - sum(self.endings.values()))

    def through(self, step: str) -> int:
        return sum(count for (name, _), count in self.passed.items() if name == step)


@dataclass
class Node:
    """One step."""

    id: str
    kind: str
    icon: str
    tone: str
    is_pill: bool
    title: str
    below: str
    through: int
    here: int
    sent: float | None = None
    """Of the messages asked for here lately, the share that went out; None where there is nothing to say."""
    decided: int = 0
    """How many these are."""
    way: str = ""
    """The one way on, where there is only one: where a step may be put in."""
    branches: list["Branch"] = field(default_factory=list)
    meets: bool = False
    """Its ways meet again below."""


@dataclass
class Branch:
    way: str
    words: str
    tone: str
    count: int
    after: str
    """The step it leaves."""
    flow: "Flow"


@dataclass
class Flow:
    """Steps one below the other."""

    nodes: list[Node] = field(default_factory=list)
    joins: str = ""
    """The step that it leads back, or over, to."""
    joins_title: str = ""
    has_end: bool = False


NO_NAMES: Names = {}
_TONES = {"yes": "good", "happened": "good", "no": "bad", "too_late": "warn"}


def picture(definition: Definition, figures: Figures, names: Names = NO_NAMES) -> Flow:
    """Return the steps as they are drawn: each once, ways that meet again meet below."""
    return _flow(definition, figures, names, definition.first, stop=END, seen=set())


def _flow(
    definition: Definition, figures: Figures, names: Names, start: str, *, stop: str, seen: set[str]
) -> Flow:
    flow, at = Flow(), start
    while True:
        if at in {stop, END}:
            flow.has_end = at == END and stop == END
            return flow
        if at in seen:
            flow.joins, flow.joins_title = at, _node(definition.steps[at], figures, names).title
            return flow
        seen.add(at)
        placed = definition.steps[at]
        node = _node(placed, figures, names)
        flow.nodes.append(node)
        if not placed.ways:
            return flow
        if len(placed.ways) == 1:
            node.way, at = next(iter(placed.ways.items()))
            continue
        meeting = _meeting(definition, placed, seen)
        node.branches = [
            Branch(
                way,
                str(words_of(placed.kind).ways.get(way, way)),
                _TONES.get(way, "info"),
                figures.passed.get((placed.id, way), 0),
                placed.id,
                _flow(definition, figures, names, to, stop=meeting, seen=seen),
            )
            for way, to in placed.ways.items()
        ]
        if not meeting:
            return flow
        node.meets, at = True, meeting


def _node(placed: Placed, figures: Figures, names: Names) -> Node:
    words, says = words_of(placed.kind), said(placed, names)
    title, below = (says, "") if words.is_pill else (str(words.label), says)
    if words.card:
        title, below = words.card(placed.settings, says)
    if placed.name:
        title, below = placed.name, says
    out, decided = figures.sent.get(placed.id, (0, 0))
    return Node(
        id=placed.id,
        kind=placed.kind,
        icon=words.icon,
        tone=words.tone,
        is_pill=words.is_pill,
        title=title,
        below=below,
        through=figures.through(placed.id),
        here=figures.here.get(placed.id, 0),
        sent=out / decided if decided else None,
        decided=decided,
    )


def _meeting(definition: Definition, placed: Placed, seen: set[str]) -> str:
    """Return the first step that everybody comes to, whichever way they take; the end where there is none."""
    ways = list(placed.ways.values())
    reached = _reached(definition, ways[0])
    return next(
        (one for one in reached if one not in seen and all(_must_pass(definition, way, one) for way in ways)),
        END,
    )


def _must_pass(definition: Definition, start: str, by: str) -> bool:
    """Tell whether no way leads from `start` to an end without coming by."""
    around = _reached(definition, start, stop=by)
    steps = definition.steps
    return start != END and not any(
        END in steps[one].ways.values() or not steps[one].ways for one in around if one != by
    )


def _reached(definition: Definition, start: str, *, stop: str = END) -> list[str]:
    """Every step that can be come to from there, the nearest first; what is behind `stop` is left out."""
    found: list[str] = []
    open_ = [start]
    while open_:
        at = open_.pop(0)
        if at != END and at not in found:
            found.append(at)
            open_ += definition.steps[at].ways.values() if at != stop else ()
    return found
