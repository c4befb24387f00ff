"""Filling in a parsed Liquid template at the speed of the outbox.

python-liquid parses, checks and remains the judge: it needs 0.75 ms a mail (HTML and text), a third of what
two processors have for it at 2,000 mails a second. What our own texts use (outputs, conditions, loops, no
filters) is written down here as one Python function, which needs 0.05 ms and gives the same letters: a test compares
them. (A closure for each node needs 0.08 ms.) A template that uses more of Liquid is refused by
`compile_nodes` and rendered by python-liquid itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from liquid.ast import BlockNode, Node
from liquid.builtin.content import ContentNode
from liquid.builtin.expressions import logical
from liquid.builtin.expressions.filtered import FilteredExpression
from liquid.builtin.expressions.path import Path
from liquid.builtin.expressions.primitive import Literal, Nil
from liquid.builtin.output import OutputNode
from liquid.builtin.tags.for_tag import ForNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.expression import Expression

from passaparola.messages.rendering.liquids import LARGEST_MAIL, MOST_TURNS, Tick, TooMuchError

Piece = TypeVar("Piece")
Scope = Mapping[str, Any]
_NOT_PLAIN = frozenset({"size", "first", "last"})
"""What Liquid knows of lists beside their items."""
_MOST_LOOPS = 30
_DEEPEST = 2
"""Loops run here without looking at the clock: few enough, and counted, they need none."""
_FEW_PIECES = 2_000
_MOST_LINES = 5_000
"""Of the function; ours have some hundred. Python takes 10 KB of memory to compile one."""
_DEEPEST_BLOCK = 40
"""Python itself allows a hundred."""


class NotPlainError(Exception):
    """The template uses more of Liquid than is handled here."""


class Writer(Generic[Piece]):
    """How literal text and values become pieces of the result."""

    def __init__(self, literal: Callable[[str], Piece], value: Callable[[Any], Piece]) -> None:
        self.literal = literal
        self.value = value


def compile_nodes(nodes: Iterable[Node], writer: Writer[Piece]) -> Callable[[Scope], list[Piece]]:
    """Return a function from data to the pieces of the result; NotPlainError where Liquid has to do it."""
    nodes = list(nodes)
    if _depth(nodes) > _DEEPEST or sum(_loops(nodes)) > _MOST_LOOPS:
        raise NotPlainError("loops")
    letter = _Script(writer).function(nodes)
    return _measured(letter) if any(_loops(nodes)) else letter


def _measured(letter: Callable[[Scope], list[Piece]]) -> Callable[[Scope], list[Piece]]:
    """Refuse what no mail can hold before it is put together: 300 lines of an order, looped through twice, are 90,000
    times a text. What few pieces there are is not counted.
    """

    def written(scope: Scope) -> list[Piece]:
        pieces = letter(scope)
        if len(pieces) > _FEW_PIECES and sum(map(len, pieces)) > LARGEST_MAIL:  # type: ignore[arg-type] # text or bytes
            raise TooMuchError("it writes too much: look for loops within loops", token=None)
        return pieces

    return written


def _counted(turns: int) -> int:
    """Return how often loops have gone round, as python-liquid counts them."""
    if turns > MOST_TURNS:
        raise TooMuchError("it goes round too often: look for loops within loops", token=None)
    return turns


def _depth(nodes: Iterable[Node]) -> int:
    return max((isinstance(node, ForNode) + _depth(_within(node)) for node in nodes), default=0)


def _loops(nodes: Iterable[Node]) -> Iterator[int]:
    for node in nodes:
        yield isinstance(node, ForNode) + sum(_loops(_within(node)))


def _within(node: Node) -> list[Node]:
    """Return what stands inside a node that is handled here."""
    if isinstance(node, ForNode):
        return list(node.block.nodes)
    if not isinstance(node, IfNode | UnlessNode):
        return []
    blocks = [node.consequence, *(other.block for other in node.alternatives)]
    return [inner for block in (*blocks, node.default) if block for inner in block.nodes]


class _Script(Generic[Piece]):
    """The lines of the function. Of the template nothing stands in them but names, as quoted strings: its words are
    constants beside them, and every name that is used bare is made here.
    """

    def __init__(self, writer: Writer[Piece]) -> None:
        self._writer = writer
        self._lines: list[str] = []
        self._indent = 1
        self._roots: dict[str, str] = {}
        self._known: dict[str, Any] = {
            "_value": writer.value,
            "_equal": _equal,
            "_dict": _dict,
            "_counted": _counted,
        }
        self._loops: list[tuple[str, str]] = []
        """What the loops around call their items, and the number by which the lines do."""

    def function(self, nodes: list[Node]) -> Callable[[Scope], list[Piece]]:
        self._block(nodes)
        looked_up = [f" {place} = _dict(_scope.get({name!r}))" for name, place in self._roots.items()]
        head = [
            "def _letter(_scope):",
            *looked_up,
            " _turns = 0",
            " _pieces = []",
            " _write = _pieces.append",
        ]
        try:
            source = compile("\n".join([*head, *self._lines, " return _pieces"]), "<letter>", "exec")
        except (SyntaxError, RecursionError, MemoryError) as error:  # more brackets than Python takes
            raise NotPlainError("too deep") from error
        exec(source, self._known)  # noqa: S102 - our own lines, see above
        letter: Callable[[Scope], list[Piece]] = self._known["_letter"]
        return letter

    def _line(self, text: str) -> None:
        if len(self._lines) >= _MOST_LINES:
            raise NotPlainError("long")
        self._lines.append(" " * self._indent + text)

    @contextmanager
    def _inside(self, head: str) -> Iterator[None]:
        self._line(head)
        self._indent += 1
        if self._indent > _DEEPEST_BLOCK:
            raise NotPlainError("too deep")
        before = len(self._lines)
        yield
        if len(self._lines) == before:
            self._line("pass")
        self._indent -= 1

    def _constant(self, value: Any) -> str:
        name = f"_c{len(self._known)}"
        self._known[name] = value
        return name

    def _block(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if isinstance(node, ContentNode):
                self._line(f"_write({self._constant(self._writer.literal(node.text))})")
            elif isinstance(node, OutputNode):
                self._line(f"_v = {self._plain(node.expression)}")
                self._line("if _v is not None: _write(_value(_v))")
            elif isinstance(node, IfNode | UnlessNode):
                self._condition(node)
            elif isinstance(node, ForNode):
                self._loop(node)
            elif not isinstance(node, Tick):
                raise NotPlainError(type(node).__name__)

    def _tag(self, block: BlockNode) -> None:
        """Write what stands in a tag: nothing where it holds only blanks, as Liquid has it."""
        self._block([] if block.blank else block.nodes)

    def _condition(self, node: IfNode | UnlessNode) -> None:
        test = self._test(node.condition)
        with self._inside(f"if {test}:" if isinstance(node, IfNode) else f"if not ({test}):"):
            self._tag(node.consequence)
        for other in node.alternatives:
            with self._inside(f"elif {self._test(other.expression)}:"):
                self._tag(other.block)
        if node.default:
            with self._inside("else:"):
                self._tag(node.default)

    def _test(self, expression: Expression) -> str:
        if not isinstance(expression, logical.BooleanExpression):
            raise NotPlainError("if")
        return self._truth(expression.expression)

    def _loop(self, node: ForNode) -> None:
        loop = node.expression
        if loop.limit or loop.offset or loop.reversed or node.default or not isinstance(loop.iterable, Path):
            raise NotPlainError("for")
        items, number = self._path(loop.iterable), str(len(self._known))
        self._known[f"_loop{number}"] = None  # the next one gets another number
        with self._inside(f"if isinstance(_items{number} := {items}, list):"):
            self._line(f"_last{number} = len(_items{number}) - 1")
            self._line(f"_turns = _counted(_turns + len(_items{number}))")
            with self._inside(f"for _at{number}, _item{number} in enumerate(_items{number}):"):
                # python-liquid's identifiers are strings with comparisons of their own.
                self._loops.append((str(loop.identifier), number))
                self._tag(node.block)
                self._loops.pop()

    def _plain(self, expression: Expression) -> str:
        """Return how a value without filters is read."""
        if isinstance(expression, FilteredExpression):
            if expression.filters:
                raise NotPlainError("filter")
            return self._plain(expression.left)
        if isinstance(expression, Path):
            return self._path(expression)
        if isinstance(expression, Nil):
            return "None"
        if type(expression) is not Literal and isinstance(expression, Literal):
            return self._constant(expression.value)
        raise NotPlainError(type(expression).__name__)

    def _path(self, path: Path) -> str:
        root, *rest = path.path
        if not isinstance(root, str) or not all(isinstance(part, str) for part in rest):
            raise NotPlainError("path")
        if root == "forloop" and self._loops:
            return self._turn([str(part) for part in rest])
        if _NOT_PLAIN.intersection(rest):
            raise NotPlainError("path")
        return self._found(str(root), [str(part) for part in rest])

    def _turn(self, parts: list[str]) -> str:
        """Return how a loop is asked whether this is its first or its last turn."""
        number = self._loops[-1][1]
        if parts == ["first"]:
            return f"(_at{number} == 0)"
        if parts == ["last"]:
            return f"(_at{number} == _last{number})"
        raise NotPlainError("forloop")

    def _found(self, root: str, parts: list[str]) -> str:
        item = next((number for name, number in reversed(self._loops) if name == root), None)
        if not parts:
            return f"_item{item}" if item else f"_scope.get({root!r})"
        where = f"_dict(_item{item})" if item else self._roots.setdefault(root, f"_r{len(self._roots)}")
        for part in parts[:-1]:
            where = f"_dict({where}.get({part!r}))"
        return f"{where}.get({parts[-1]!r})"

    def _truth(self, expression: Expression) -> str:
        """Return how a condition is read: to Liquid, everything but nothing and false is true."""
        if isinstance(expression, logical.LogicalAndExpression):
            return f"({self._truth(expression.left)} and {self._truth(expression.right)})"
        if isinstance(expression, logical.LogicalOrExpression):
            return f"({self._truth(expression.left)} or {self._truth(expression.right)})"
        kind = type(expression)
        if kind in _EQUAL:
            sides = f"{self._plain(expression.left)}, {self._plain(expression.right)}"  # type: ignore[attr-defined] # all have both
            return f"{_EQUAL[kind]}({sides})"
        if kind in _ORDER:
            left, right = self._plain(expression.left), self._plain(expression.right)  # type: ignore[attr-defined]
            known = f"(_a := {left}) is not None and (_b := {right}) is not None"
            return f"({known} and _a {_ORDER[kind]} _b)"
        return f"((_t := {self._plain(expression)}) is not None and _t is not False)"  # 0 and "" are true to Liquid


def _equal(left: Any, right: Any) -> bool:
    """Compare as Liquid does: 1 is not true."""
    return isinstance(left, bool) is isinstance(right, bool) and bool(left == right)


def _dict(value: Any) -> Mapping[str, Any]:
    """Return what can be asked for its parts: what is no dictionary has none."""
    return value if isinstance(value, dict) else _NOTHING


_NOTHING: Mapping[str, Any] = {}
_EQUAL: dict[type[Expression], str] = {logical.EqExpression: "_equal", logical.NeExpression: "not _equal"}
_ORDER: dict[type[Expression], str] = {
    logical.GtExpression: ">",
    logical.GeExpression: ">=",
    logical.LtExpression: "<",
    logical.LeExpression: "<=",
}
