"""Well-formed messages with one or a few parts replaced: what senders do to us a version later."""

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["", " ", "0001-01-01", "9999-12-31T23:59:59Z", "2026-02-31", "\x00", "1e999", 10**40])
)
_PARTS = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner)
)


@st.composite
def mutated(draw: st.DrawFn, message: Any) -> Any:
    """Return the message with up to four of its parts replaced by anything, or gone."""
    changed = deepcopy(message)
    for _ in range(draw(st.integers(1, 4))):
        holders = list(_holders(changed))
        if not holders:
            break
        holder, name = draw(st.sampled_from(holders))
        if draw(st.booleans()):
            holder[name] = draw(_PARTS)
        else:
            del holder[name]
    return changed


def _holders(value: Any) -> Any:
    """Yield each place of a message as its container and its name or index in it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in inside:
        yield value, name
        yield from _holders(inner)
