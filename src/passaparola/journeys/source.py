"""Journeys as YAML: read with the line of every value, so that what is wrong is said where it stands."""

from collections.abc import Mapping
from typing import Any

import yaml

from passaparola.journeys.rules.settings import DocumentError
from passaparola.segments.rules.condition import Where

LONGEST = 100_000
"""Characters."""
DEEPEST = 30


def read(text: str) -> Any:
    """Return the document. Raises DocumentError with the line where it is no YAML."""
    if len(text) > LONGEST:
        raise DocumentError("This is longer than a journey can be: 100,000 characters.")
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is not None:
            _no_references(node, set(), 0)
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        said = str(error.problem or "it can't be read")
        raise DocumentError(
            "Line %(line)s is no YAML: %(said)s.", ("line", line), line=line, said=said
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise DocumentError("This is no YAML: %(said)s.", said=str(error)[:200]) from None


def _no_references(node: yaml.Node, seen: set[int], depth: int) -> None:
    """Refuse what unfolds without end: a few lines of references to references fill any memory."""
    if depth > DEEPEST:
        raise ValueError("it is nested too deeply")
    for child in _children(node):
        if id(child) in seen:
            raise ValueError("references (& and *) are not used here")
        seen.add(id(child))
        _no_references(child, seen, depth + 1)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def line_of(text: str, where: Where) -> int:
    """Return the line (from 1) of what the way leads to, or of the nearest that is there."""
    if where[:1] == ("line",):
        return int(where[1])
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    line = node.start_mark.line if node is not None else 0
    for part in where:
        found = _step(node, part)
        if found is None:
            break
        line, node = found
    return line + 1


def _step(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line, node.value[part]
    return None


class _Dumper(yaml.SafeDumper):
    """Steps as blocks, what is small on one line, no references."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def _mapping(dumper: yaml.SafeDumper, value: Mapping[str, Any]) -> yaml.Node:
    node = dumper.represent_dict(value.items())
    is_small = len(repr(value)) < 90 and not any(isinstance(part, list) for part in value.values())  # noqa: PLR2004 - a line
    node.flow_style = is_small and len(value) > 0
    return node


_Dumper.add_representer(dict, _mapping)


def write(document: Any) -> str:
    """Return the document as YAML that reads back as the same."""
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text
