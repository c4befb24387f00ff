"""A condition as its text. The text is anybody's who is signed in, so what unfolds without end is refused."""

import yaml

LONGEST = 20_000
"""Characters."""
DEEPEST = 40


def read_text(text: str) -> object:
    """Return what the YAML holds. Raises YAMLError, RecursionError or ValueError where it is none."""
    text = text[:LONGEST]
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is not None:
        _no_references(node, {id(node)}, 0)
    return yaml.safe_load(text)


def _no_references(node: yaml.Node, seen: set[int], depth: int) -> None:
    """Nine lines of references to references, written out as the value of a question, fill any memory."""
    if depth > DEEPEST:
        raise ValueError
    for child in _children(node):
        if id(child) in seen:
            raise ValueError
        seen.add(id(child))
        _no_references(child, seen, depth + 1)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []
