"""The editor's page and lists, ready for their templates."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from passaparola.messages.editor import sentences, source
from passaparola.messages.editor.desk import Desk
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Template, TemplateVersion
from passaparola.messages.reasons import word
from passaparola.messages.rendering.blocks import ABOUT_AN_ORDER, BLOCKS, WORDED
from passaparola.messages.rendering.own import Document, Problem, tidied
from passaparola.messages.repertoire import BARE
from passaparola.stores.models import Store

PURPOSES = {"transactional": "info", "service": "info", "ask": "warn", "offer": "accent", "news": "accent"}


@dataclass(frozen=True)
class Line:
    """One row of the list."""

    key: str
    name: str
    kind: str
    purpose: str
    live: TemplateVersion | None
    newest: TemplateVersion | None
    is_own: bool = False

    @property
    def has_draft(self) -> bool:
        return bool(self.newest and (self.live is None or self.newest.number > self.live.number))

    @property
    def tone(self) -> str:
        return PURPOSES[self.purpose]


def lines(store: Store, language: str) -> tuple[list[Line], list[Line]]:
    """Return the shop's own letters, and our kinds with the shop's wording where there is one: two statements."""
    templates = {t.key: t for t in Template.objects.of_store(store).in_use()}
    versions: dict[int, list[TemplateVersion]] = {}
    found = TemplateVersion.objects.filter(template__in=templates.values()).defer("texts").order_by("-number")
    for version in found:
        versions.setdefault(version.template_id, []).append(version)

    def line(template: Template | None, key: str, kind: str, name: str) -> Line:
        mine = versions.get(template.pk, []) if template else []
        live = next((version for version in mine if version.live_at), None)
        purpose = KINDS[kind].purpose.value
        is_own = bool(template and template.is_own)
        return Line(key, name, word(kind, language), purpose, live, mine[0] if mine else None, is_own)

    own = [line(t, t.key, t.kind, t.name) for t in templates.values() if t.is_own and t.kind in KINDS]
    ours = [
        line(templates.get(key), key, key, word(key, language).capitalize())
        for key, kind in KINDS.items()
        if key not in BARE and not kind.is_asked_for
    ]
    return sorted(own, key=lambda one: one.name), sorted(ours, key=lambda one: one.name)


@dataclass(frozen=True)
class BlockShown:
    """One block's fields in the form."""

    number: int
    type: str
    name: str
    values: dict[str, str]
    has_words: bool
    is_last: bool
    problems: Sequence[Problem]

    @property
    def rows(self) -> int:
        text = self.values.get("text", "")
        return min(14, max(2, text.count("\n") + 1 + len(text) // 62))


def blocks(document: Document, problems: Sequence[Problem]) -> list[BlockShown]:
    last = len(document["blocks"]) - 1
    return [
        BlockShown(
            number,
            block["type"],
            str(sentences.BLOCKS.get(block["type"], block["type"])),
            block,
            block["type"] in WORDED,
            number == last,
            [problem for problem in problems if problem.place.startswith(f"blocks.{number}.")],
        )
        for number, block in enumerate(document["blocks"])
    ]


def kinds_of_block(desk: Desk) -> list[tuple[str, str]]:
    """Return the blocks that can be added here."""
    may = [key for key in BLOCKS if desk.kind.needs_order or key not in ABOUT_AN_ORDER]
    return [(key, str(sentences.BLOCKS[key])) for key in may]


def told(problems: Sequence[Problem], text: str = "") -> list[dict[str, Any]]:
    """Return problems for the page; where the source is shown, with the line of it."""
    found = []
    for problem in problems:
        line = (
            source.line_of(text, problem.place, problem.line)
            if text and problem.code != "source"
            else problem.line
        )
        found.append(
            {
                "place": sentences.place(problem),
                "sentence": sentences.sentence(problem),
                "field": _field(problem.place),
                "source_line": line if text else 0,
            }
        )
    return found


def _field(place: str) -> str:
    """Return the id of the field that a place is."""
    if place.startswith("blocks."):
        _blocks, number, name = place.split(".")
        return f"block-{number}-{name}"
    return place if place in {"subject", "preview", "short", "source"} else "add"


def difference(one: TemplateVersion, other: TemplateVersion, language: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of both sources: `+` new in `other`, `-` gone, and those around them."""
    before, after = (
        source.written(tidied(version.texts.get(language) or {})).splitlines() for version in (one, other)
    )
    for line in difflib.unified_diff(before, after, lineterm="", n=2):
        if not line.startswith(("---", "+++", "@@")):
            yield line[0], line[1:]
