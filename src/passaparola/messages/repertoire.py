"""Everything that can be said: our kinds and the shop's own letters, in one list for journeys and campaigns."""

from collections.abc import Iterator
from dataclasses import dataclass

from passaparola.messages.kind import KINDS, MessageKind
from passaparola.messages.models import Template
from passaparola.messages.reasons import word
from passaparola.messages.rules.values import Purpose
from passaparola.stores.models import Store

BARE = frozenset({"newsletter", "card", "offer", "letter", "question"})
"""Kinds that say little by themselves: they are there to be written."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that can be said."""

    kind: str
    template_id: int | None
    name: str
    purpose: Purpose
    needs_order: bool

    @property
    def key(self) -> str:
        """How forms and journeys name it: `delayed`, or `newsletter#12` for the shop's own letter 12."""
        return f"{self.kind}#{self.template_id}" if self.template_id else self.kind


def repertoire(store: Store, language: str) -> list[Piece]:
    """Return everything that can be said, the shop's own first; only what has a live version or is ours."""
    own = Template.objects.of_store(store).own().in_use().filter(versions__live_at__isnull=False).distinct()
    letters = [_own(template) for template in own.order_by("name", "pk") if template.kind in KINDS]
    return [*letters, *_ours(language)]


def piece_of(store: Store, key: str) -> Piece | None:
    """Return what a key names; None where there is none of that name in this shop."""
    kind, _, number = key.partition("#")
    if kind not in KINDS:
        return None
    if not number:
        return _kind(KINDS[kind], "en")
    if not number.isdecimal():
        return None
    template = Template.objects.of_store(store).own().filter(kind=kind, pk=int(number)).first()
    return _own(template) if template else None


def _ours(language: str) -> Iterator[Piece]:
    pieces = (
        _kind(kind, language) for key, kind in KINDS.items() if key not in BARE and not kind.is_asked_for
    )
    yield from sorted(pieces, key=lambda piece: piece.name)


def _kind(kind: MessageKind, language: str) -> Piece:
    return Piece(kind.key, None, word(kind.key, language).capitalize(), kind.purpose, kind.needs_order)


def _own(template: Template) -> Piece:
    kind = KINDS[template.kind]
    return Piece(kind.key, template.pk, template.name, kind.purpose, kind.needs_order)
