"""The words we show: those that the source marks for translation, and those that a language has."""

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.repository import SOURCE, files, python_files

MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "_now", "voice"}
# What Django makes of a template for xgettext: calls of gettext with a plain or an u'…' string first.
_CALL = re.compile(
    r"""(?<!\w)(?:_|gettext|ngettext)\(\s*(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\"\"\".*?\"\"\"))""",
    re.DOTALL,
)


def marked() -> dict[str, Path]:
    """Every string marked for translation, with one file that says it."""
    said: dict[str, Path] = {}
    for path in python_files():
        if SOURCE in path.parents and "tests" not in path.parts:
            said |= dict.fromkeys(_in_python(path), path)
    for path in files():
        if SOURCE in path.parents and path.suffix == ".html":
            said |= dict.fromkeys(_in_template(path), path)
    return said


def written(language: str) -> dict[str, set[str]]:
    """What a language's catalogues of source say, entry by entry; what is empty or unsure is left out."""
    entries: dict[str, set[str]] = {}
    for path in _catalogues(language, ".po"):
        with path.open("rb") as opened:
            for entry in read_po(opened, locale=language):
                one, said = _first(entry.id), _first(entry.string)
                if one and said and not entry.fuzzy:
                    entries.setdefault(one, set()).add(said)
    return entries


def compiled(language: str) -> set[str]:
    """The strings that the compiled catalogues know: what Django really reads."""
    known: set[str] = set()
    for path in _catalogues(language, ".mo"):
        with path.open("rb") as opened:
            known |= {_first(key) for key in GNUTranslations(opened)._catalog}  # type: ignore[attr-defined]
    return known


def _catalogues(language: str, suffix: str) -> list[Path]:
    return sorted(SOURCE.rglob(f"locale/{language}/LC_MESSAGES/django{suffix}"))


def _first(words: str | tuple[str | int, ...] | list[str]) -> str:
    return words if isinstance(words, str) else str(words[0])


def _in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in MARKERS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                yield first.value


def _in_template(path: Path) -> Iterator[str]:
    for literal in _CALL.findall(templatize(path.read_text(), origin=str(path))):
        yield ast.literal_eval(literal)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
