"""Liquid as the shop owner knows it: for HTML everything is escaped, for text nothing is.

The sandbox is Liquid's own: a template reaches the data it is given and nothing else. What goes wild is
stopped here, so that one shop's template never holds up the outbox of all: loops, what is written, what is
remembered, what one filter may blow up (64 KB that replace 64 KB make 4 GB), and the time all of it takes.
"""

import time
from collections.abc import Callable, Iterable, Sized
from functools import wraps
from threading import local
from typing import Any, TextIO

from liquid import BoundTemplate, DictLoader, Environment, Mode, RenderContext, StrictUndefined, Undefined
from liquid.ast import BlockNode, Node
from liquid.exceptions import LiquidError, ResourceLimitError
from liquid.output import LimitedStringIO

SECONDS = 2.0
"""A mail takes a thousandth of that; so much time means that something is wrong, or the machine is very busy."""
LARGEST = 256 * 1024
"""Letters or items that one filter may return."""
LARGEST_MAIL = 512 * 1024
MOST_TURNS = 5_000
"""Of all loops of a template together."""
FAULTS = (LiquidError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What a template at fault may raise: filters of Liquid meet values that they were not made for."""
_running = local()


class TooMuchError(ResourceLimitError):
    """The template wants more time or room than a mail can need."""


class Tick(Node):
    """Stands first in every block, so in every turn of a loop: looks at the clock and writes nothing."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        del context, buffer
        _look_at_the_clock()
        return 0


def _look_at_the_clock() -> None:
    if time.monotonic() > getattr(_running, "until", float("inf")):
        raise TooMuchError("it takes too long to write: look for loops within loops", token=None)


class _Context(RenderContext):
    def get_buffer(self, buf: TextIO | None = None) -> LimitedStringIO:
        carry = buf.size if isinstance(buf, LimitedStringIO) else 0
        return _paper(LARGEST_MAIL - carry)


def _paper(limit: int) -> LimitedStringIO:
    return LimitedStringIO(
        limit=limit, newline=""
    )  # line ends stay as they are: the default would change them


class _Timed(BoundTemplate):
    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _put_ticks(self.nodes, RenderContext(self))

    def render(self, *args: Any, **kwargs: Any) -> str:
        _running.until = time.monotonic() + SECONDS
        try:
            return super().render(*args, **kwargs)
        finally:
            del _running.until

    def _get_buffer(self) -> LimitedStringIO:
        return _paper(LARGEST_MAIL)


def _put_ticks(nodes: Iterable[Node], context: RenderContext) -> None:
    for node in nodes:
        if isinstance(node, BlockNode) and not (node.nodes and isinstance(node.nodes[0], Tick)):
            node.nodes = [Tick(node.token), *node.nodes]
        _put_ticks(node.children(context, include_partials=False), context)


def _size_of_replace(val: Any, seq: Any, sub: Any = "") -> int:
    return str(val).count(str(seq)) * len(str(sub))


def _size_of_join(val: Any, sep: Any = " ") -> int:
    return len(val) * len(str(sep)) if isinstance(val, Sized) else 0


_SIZES: dict[str, Callable[..., int]] = {"replace": _size_of_replace, "join": _size_of_join}
"""What is known before a filter does it: the two that multiply."""


def _guarded(name: str, apply: Callable[..., Any]) -> Callable[..., Any]:
    expect = _SIZES.get(name)

    @wraps(apply)
    def run(val: Any, *args: Any, **kwargs: Any) -> Any:
        _look_at_the_clock()
        if expect is not None and args and expect(val, *args) > LARGEST:
            raise TooMuchError(f"“{name}” would write too much", token=None)
        found = apply(val, *args, **kwargs)
        if isinstance(found, str | list) and len(found) > LARGEST:
            raise TooMuchError(f"“{name}” writes too much", token=None)
        return found

    return run


class _Limited(Environment):
    loop_iteration_limit = MOST_TURNS
    output_stream_limit = LARGEST_MAIL
    local_namespace_limit = 64 * 1024
    template_class = _Timed


def environment(
    *, escapes: bool, forgiving: bool = True, partials: dict[str, str] | None = None
) -> Environment:
    """Return an environment; an unforgiving one raises for what is not in the data (for tests)."""
    made = _Limited(
        tolerance=Mode.STRICT,
        autoescape=escapes,
        undefined=Undefined if forgiving else StrictUndefined,
        loader=DictLoader(partials or {}),
    )
    made.filters = {name: _guarded(name, apply) for name, apply in made.filters.items()}
    return made


HTML = environment(escapes=True)
TEXT = environment(escapes=False)


def line_of(error: Exception) -> int:
    """Return the line of the template at which Liquid stumbled, counted from 1; 0 where it does not say."""
    found = error.context() if isinstance(error, LiquidError) else None
    return found[0] if found else 0


def words_of(error: Exception) -> str:
    """Return what Liquid says, without its drawing of the place."""
    if isinstance(error, LiquidError):
        return str(error.message or "it can’t be read")
    return str(error) or type(error).__name__


__all__ = [
    "FAULTS",
    "HTML",
    "LARGEST_MAIL",
    "MOST_TURNS",
    "TEXT",
    "Tick",
    "TooMuchError",
    "environment",
    "line_of",
    "words_of",
]
