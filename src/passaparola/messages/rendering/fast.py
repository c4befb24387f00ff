"""Filling in a parsed Liquid template at the speed of the outbox.

python-liquid parses, checks and remains the judge: it needs 0.75 ms a mail (HTML and text), a third of what
two processors have for it at 2,000 mails a second. What our own texts use (outputs, conditions, loops, no
filters) is turned into closures here, which need 0.06 ms and give the same letters: a test compares them.
A template that uses more of Liquid is refused by `compile_nodes` and rendered by python-liquid itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
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

from passaparola.messages.rendering.liquids import Tick

Piece = TypeVar("Piece")
Scope = Mapping[str, Any]
Value = Callable[[Scope], Any]
_NOT_PLAIN = frozenset({"size", "first", "last"})
"""What Liquid knows of lists beside their items."""


_MOST_LOOPS = 30
_DEEPEST = 2
"""Loops run here without looking at the clock: few enough, and over what the data holds, they need none."""


class NotPlainError(Exception):
    """The template uses more of Liquid than is handled here."""


class Writer(Generic[Piece]):
    """How literal text and values become pieces of the result."""

    def __init__(self, literal: Callable[[str], Piece], value: Callable[[Any], Piece]) -> None:
        self.literal = literal
        self.value = value


Step = Callable[[Scope, Callable[[Piece], None]], None]


def compile_nodes(nodes: Iterable[Node], writer: Writer[Piece]) -> Callable[[Scope], list[Piece]]:
    """Return a function from data to the pieces of the result; NotPlainError where Liquid has to do it."""
    nodes = list(nodes)
    if _depth(nodes) > _DEEPEST or sum(_loops(nodes)) > _MOST_LOOPS:
        raise NotPlainError("loops")
    run = _block(nodes, writer)

    def render(scope: Scope) -> list[Piece]:
        pieces: list[Piece] = []
        run(scope, pieces.append)
        return pieces

    return render


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


def _inside(block: BlockNode, writer: Writer[Piece]) -> "Step[Piece]":
    """Return what a tag's block writes: nothing where it holds only blanks, as Liquid has it."""
    return _block([], writer) if block.blank else _block(block.nodes, writer)


def _block(nodes: Iterable[Node], writer: Writer[Piece]) -> "Step[Piece]":
    steps = [_step(node, writer) for node in nodes if not isinstance(node, Tick)]
    if len(steps) == 1:
        return steps[0]
    if len(steps) == 3:  # noqa: PLR2004 - the usual inside of a condition: words, a value, words
        return _three(*steps)

    def run(scope: Scope, write: Callable[[Piece], None]) -> None:
        for step in steps:
            step(scope, write)

    return run


def _three(one: "Step[Piece]", two: "Step[Piece]", three: "Step[Piece]") -> "Step[Piece]":
    def run(scope: Scope, write: Callable[[Piece], None]) -> None:
        one(scope, write)
        two(scope, write)
        three(scope, write)

    return run


def _step(node: Node, writer: Writer[Piece]) -> "Step[Piece]":
    if isinstance(node, ContentNode):
        return _content(writer.literal(node.text))
    if isinstance(node, OutputNode):
        return _output(_plain(node.expression), writer)
    if isinstance(node, IfNode | UnlessNode):
        return _condition(node, writer)
    if isinstance(node, ForNode):
        return _loop(node, writer)
    raise NotPlainError(type(node).__name__)


def _content(piece: Piece) -> "Step[Piece]":
    def run(scope: Scope, write: Callable[[Piece], None]) -> None:
        del scope
        write(piece)

    return run


def _output(value: Value, writer: Writer[Piece]) -> "Step[Piece]":
    make = writer.value

    def run(scope: Scope, write: Callable[[Piece], None]) -> None:
        found = value(scope)
        if found is not None:
            write(make(found))

    return run


def _condition(node: IfNode | UnlessNode, writer: Writer[Piece]) -> "Step[Piece]":
    if not isinstance(node.condition, logical.BooleanExpression):
        raise NotPlainError("if")
    test, wanted = _truth(node.condition.expression), isinstance(node, IfNode)
    branches = [(test, wanted, _inside(node.consequence, writer))]
    for other in node.alternatives:
        if not isinstance(other.expression, logical.BooleanExpression):
            raise NotPlainError("elsif")
        branches.append((_truth(other.expression.expression), True, _inside(other.block, writer)))
    default = _inside(node.default, writer) if node.default else None

    def run(scope: Scope, write: Callable[[Piece], None]) -> None:
        for branch_test, branch_wanted, then in branches:
            if branch_test(scope) is branch_wanted:
                then(scope, write)
                return
        if default is not None:
            default(scope, write)

    return run


def _loop(node: ForNode, writer: Writer[Piece]) -> "Step[Piece]":
    loop = node.expression
    if loop.limit or loop.offset or loop.reversed or node.default or not isinstance(loop.iterable, Path):
        raise NotPlainError("for")
    # python-liquid's identifiers are strings with comparisons of their own, slow as keys of a dictionary.
    items, name, body = _path(loop.iterable), str(loop.identifier), _inside(node.block, writer)

    def run(scope: Scope, write: Callable[[Piece], None]) -> None:
        found = items(scope)
        if not isinstance(found, list):
            return
        place = {"first": True, "last": False}
        inner = {**scope, "forloop": place}
        last = len(found) - 1
        for number, item in enumerate(found):
            place["first"], place["last"] = number == 0, number == last
            inner[name] = item
            body(inner, write)

    return run


def _plain(expression: Expression) -> Value:
    """Return the reader of a value without filters."""
    if isinstance(expression, FilteredExpression):
        if expression.filters:
            raise NotPlainError("filter")
        return _plain(expression.left)
    if isinstance(expression, Path):
        return _path(expression)
    if isinstance(expression, Nil):
        return lambda _: None
    if type(expression) is not Literal and isinstance(expression, Literal):
        fixed = expression.value
        return lambda _: fixed
    raise NotPlainError(type(expression).__name__)


def _path(path: Path) -> Value:
    root, *rest = path.path
    if not isinstance(root, str) or not all(isinstance(part, str) for part in rest):
        raise NotPlainError("path")
    if root != "forloop" and _NOT_PLAIN.intersection(rest):
        raise NotPlainError("path")
    first, parts = str(root), [str(part) for part in rest]
    if not parts:
        return lambda scope: scope.get(first)
    if len(parts) == 1:
        return _two(first, parts[0])

    def run(scope: Scope) -> Any:
        found = scope.get(first)
        for part in parts:
            found = found.get(part) if isinstance(found, dict) else None
        return found

    return run


def _two(root: str, part: str) -> Value:
    def run(scope: Scope) -> Any:
        found = scope.get(root)
        return found.get(part) if isinstance(found, dict) else None

    return run


def _truth(expression: Expression) -> Callable[[Scope], bool]:
    """Return the reader of a condition: to Liquid, everything but nothing and false is true."""
    if isinstance(expression, logical.LogicalAndExpression):
        left, right = _truth(expression.left), _truth(expression.right)
        return lambda scope: left(scope) and right(scope)
    if isinstance(expression, logical.LogicalOrExpression):
        left, right = _truth(expression.left), _truth(expression.right)
        return lambda scope: left(scope) or right(scope)
    compare = _COMPARE.get(type(expression))
    if compare is not None:
        one, other = _plain(expression.left), _plain(expression.right)  # type: ignore[attr-defined] # all have both
        return lambda scope: compare(one(scope), other(scope))
    return _is_true(_plain(expression))


def _is_true(value: Value) -> Callable[[Scope], bool]:
    def run(scope: Scope) -> bool:
        found = value(scope)
        return found is not None and found is not False  # 0 and "" are true to Liquid

    return run


def _equal(left: Any, right: Any) -> bool:
    """Compare as Liquid does: 1 is not true."""
    return isinstance(left, bool) is isinstance(right, bool) and bool(left == right)


_COMPARE: dict[type[Expression], Callable[[Any, Any], bool]] = {
    logical.EqExpression: _equal,
    logical.NeExpression: lambda left, right: not _equal(left, right),
    logical.GtExpression: lambda left, right: left is not None and right is not None and left > right,
    logical.GeExpression: lambda left, right: left is not None and right is not None and left >= right,
    logical.LtExpression: lambda left, right: left is not None and right is not None and left < right,
    logical.LeExpression: lambda left, right: left is not None and right is not None and left <= right,
}
