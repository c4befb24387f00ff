"""Journeys as YAML: read with the line of every value, so that what is wrong is said where it stands."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

import yaml

from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.step import STEPS
from passaparola.segments.rules.condition import Where

LONGEST = 100_000
"""Characters of one journey."""
LONGEST_FILE = 2_000_000
"""Characters of a file of several."""
DEEPEST = 30


_NO_TRUTHS = "yYnNoO"
"""First letters of words that YAML 1.1 takes for truths: here `on` is a key, and NO is Norway."""


class _Loader(yaml.SafeLoader):
    """Reads `true` and `false` as truths, and leaves on, off, yes and no, and days, the words they are."""


class _Dumper(yaml.SafeDumper):
    """Steps as blocks, what is small on one line, no references."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


for _one in (_Loader, _Dumper):
    _one.yaml_implicit_resolvers = {
        first: [
            (tag, form)
            for tag, form in forms
            if not tag.endswith(":timestamp") and (first not in _NO_TRUTHS or not tag.endswith(":bool"))
        ]
        for first, forms in _one.yaml_implicit_resolvers.items()
    }


def load(text: str) -> Any:
    """Read YAML of our own, such as the playbook's."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader that knows fewer truths


def read(text: str) -> Any:
    """Return the document. Raises DocumentError with the line where it is no YAML."""
    if len(text) > LONGEST:
        raise DocumentError("This is longer than a journey can be: 100,000 characters.")
    try:
        node = yaml.compose(text, Loader=_Loader)
        if node is not None:
            _look_over(node, set(), 0)
        return _plain(load(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        said = str(error.problem or "it can't be read")
        raise DocumentError(
            "Line %(line)s is no YAML: %(said)s.", ("line", line), line=line, said=said
        ) from None
    except DocumentError:
        raise
    except RecursionError:
        raise DocumentError("This is no YAML: %(said)s.", said="it is nested too deeply") from None
    except yaml.YAMLError as error:
        raise DocumentError("This is no YAML: %(said)s.", said=" ".join(str(error).split())[:200]) from None
    except ValueError:  # a number of thousands of digits
        raise DocumentError("This is no YAML: %(said)s.", said="a number in it is too long") from None


def _look_over(node: yaml.Node, seen: set[int], depth: int) -> None:
    """Refuse what unfolds without end, a few lines of references to references; and what would be lost in silence."""
    if depth > DEEPEST:
        raise DocumentError("This is no YAML: %(said)s.", said="it is nested too deeply")
    names: set[str] = set()
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode) and key.value in names:
            line = key.start_mark.line + 1
            raise DocumentError("“%(key)s” stands there twice.", ("line", line), key=key.value[:40])
        names.add(str(key.value))
    for child in _children(node):
        if id(child) in seen:
            said = "references (& and *) are not used here"
            raise DocumentError("This is no YAML: %(said)s.", said=said)
        seen.add(id(child))
        _look_over(child, seen, depth + 1)


def _plain(value: Any) -> Any:
    """Refuse what a journey can't keep: YAML knows sets, bytes and endless numbers."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    is_number = isinstance(value, int | float) and isfinite(value)
    if not (value is None or isinstance(value, str) or is_number):
        raise DocumentError("“%(value)s” is neither a text nor a number.", value=str(value)[:40])
    return value


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def line_of(text: str, where: Where) -> int:
    """Return the line (from 1) of what the way leads to, or of the nearest that is there."""
    if where[:1] == ("line",):
        return int(where[1])
    node = yaml.compose(text, Loader=_Loader)
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


def _mapping(dumper: yaml.SafeDumper, value: Mapping[str, Any]) -> yaml.Node:
    node = dumper.represent_dict(value.items())
    is_small = len(repr(value)) < 90 and not any(isinstance(part, list) for part in value.values())  # noqa: PLR2004 - a line
    node.flow_style = is_small and len(value) > 0
    return node


_Dumper.add_representer(dict, _mapping)


_ORDER = (
    *("id", "name", "about", "kind", "trigger", "on", "field", "of", "is", "value", "within", "if", "again"),
    *("goal", "exits", "hold_out", "steps"),
)
_LAST = ("next",)


def _ordered(value: Any) -> Any:
    """Return it as people write it: the database keeps no order of names."""
    if isinstance(value, Mapping):
        kind = STEPS.get(str(value.get("kind")))
        settings = [setting.key for setting in kind.settings] if kind else []
        rank = {name: n for n, name in enumerate(dict.fromkeys([*_ORDER[:4], *settings, *_ORDER[4:]]))}
        names = sorted(value, key=lambda name: (name in _LAST, rank.get(str(name), len(rank))))
        return {name: _ordered(value[name]) for name in names}
    return [_ordered(part) for part in value] if isinstance(value, list) else value


def write(document: Any) -> str:
    """Return the document as YAML that reads back as the same."""
    text: str = yaml.dump(_ordered(document), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text


def together(files: Mapping[str, str]) -> str:
    """Return journeys, by their short names, as one text of several documents."""
    return "".join(f'---\nkey: "{key}"\n{text}' for key, text in files.items())


def apart(text: str) -> list[str]:
    """Return the documents of a text, each with the empty lines that leave its lines numbered as in the whole.

    Three dashes at the beginning of a line part documents wherever they stand, also within a quoted text.
    """
    found: list[str] = []
    lines: list[str] = []
    for n, line in enumerate(text.split("\n")):
        if line.rstrip() == "---":
            found.append("\n".join(lines))
            lines = [""] * (n + 1)
        else:
            lines.append(line)
    found.append("\n".join(lines))
    return [one for one in found if _says_something(one)] or [text]


def _says_something(text: str) -> bool:
    """Comments and directives, such as `%YAML 1.2`, stand before the first document."""
    return any(line.strip() and not line.startswith(("#", "%")) for line in text.split("\n"))


def key_of(text: str) -> str:
    """Return the short name that a document of several begins with; empty where it says none, or is no YAML."""
    try:
        document = read(text)
    except DocumentError:
        return ""
    return str(document.get("key") or "") if isinstance(document, dict) else ""


def without_key(document: Any) -> Any:
    if not isinstance(document, dict):
        return document
    return {name: value for name, value in document.items() if name != "key"}
