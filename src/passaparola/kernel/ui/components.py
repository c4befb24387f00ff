"""Which components there are, read from the components themselves, so that the list is never out of date."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "templates" / "cotton"
_DECLARED = re.compile(r"<c-vars\s*(.*?)/>", re.DOTALL)
_ATTRIBUTE = re.compile(r':?[\w-]+(?:="[^"]*")?')


@dataclass(frozen=True)
class Component:
    tag: str
    """`c-page-header`."""
    attributes: tuple[str, ...]
    """As they are declared: with their default; without one where a page has to say it."""


@cache
def components() -> list[Component]:
    """All components by name."""
    return [_read(path) for path in sorted(FOLDER.glob("*.html"))]


def _read(path: Path) -> Component:
    declared = _DECLARED.match(path.read_text())
    attributes = _ATTRIBUTE.findall(declared[1]) if declared else []
    return Component(f"c-{path.stem.replace('_', '-')}", tuple(attributes))
