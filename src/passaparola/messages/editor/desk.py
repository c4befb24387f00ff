"""What lies on the table of the editor: one template, its newest version, in one language."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, QueryDict
from django.utils.translation import get_language

from passaparola.messages.actions import templates as actions
from passaparola.messages.kind import KINDS, MessageKind
from passaparola.messages.models import Template, TemplateVersion
from passaparola.messages.reasons import word
from passaparola.messages.rendering.blocks import FIELDS
from passaparola.messages.rendering.own import LINES, MOST_BLOCKS, Document, Problem, tidied
from passaparola.messages.rules.language import SPOKEN
from passaparola.stores.models import Member, Store


@dataclass
class Desk:
    """A template being edited. `template` is None where the shop has not changed this kind yet."""

    store: Store
    kind: MessageKind
    key: str
    template: Template | None
    version: TemplateVersion | None
    texts: dict[str, Document]
    language: str

    @property
    def document(self) -> Document:
        return self.texts[self.language]

    @property
    def name(self) -> str:
        own = self.template.name if self.template else ""
        return own or word(self.kind.key, get_language() or "en").capitalize()

    @property
    def is_own(self) -> bool:
        return bool(self.template and self.template.is_own)

    @property
    def failed(self) -> TemplateVersion | None:
        """The version that is sent, where it could not be written for somebody."""
        live = self.template.versions.live().first() if self.template else None
        return live if live and live.failed_at else None

    def save(self, *, by: Member, now: datetime) -> TemplateVersion:
        """Keep what is on the table as a draft."""
        template = self.template or actions.wording(self.store, kind=self.kind.key)
        self.template = template
        self.version = actions.save_draft(template, texts=self.texts, by=by, now=now)
        return self.version


def desk(store: Store, key: str, language: str) -> Desk:
    """Return the table for a kind or a letter of the shop's own; 404 for what this shop does not have."""
    template = Template.objects.of_store(store).filter(key=key).first()
    kind = KINDS.get(template.kind if template else key)
    if kind is None or (template is None and kind.is_asked_for):
        raise Http404
    version = template.versions.order_by("-number").first() if template else None
    texts = dict.fromkeys(SPOKEN) | {k: tidied(v) for k, v in (version.texts if version else {}).items()}
    ours = actions.first_texts(kind.key)
    whole = {name: document or tidied(ours[name]) for name, document in texts.items()}
    spoken = language if language in SPOKEN else (store.language if store.language in SPOKEN else "en")
    return Desk(store, kind, key, template, version, whole, spoken)


def typed(posted: QueryDict) -> Document:
    """Return the document as it was typed, block by block."""
    count = int(posted.get("blocks") or 0) if str(posted.get("blocks") or "0").isdecimal() else 0
    blocks = [
        {name: posted.get(f"block-{number}-{name}", "") for name in ("type", *FIELDS)}
        for number in range(min(count, MOST_BLOCKS + 1))
    ]
    return tidied({name: posted.get(name, "") for name in LINES} | {"blocks": blocks})


def rearranged(document: Document, order: str) -> Document:
    """Do what a block's button says: `up.2`, `down.0`, `remove.3`, `add.button`."""
    verb, _dot, what = order.partition(".")
    blocks = list(document["blocks"])
    if verb == "add" and len(blocks) < MOST_BLOCKS:
        return document | {"blocks": [*blocks, {"type": what}]}
    if not what.isdecimal() or int(what) >= len(blocks):
        return document
    at = int(what)
    if verb == "remove":
        del blocks[at]
    elif verb == "up" and at:
        blocks[at - 1], blocks[at] = blocks[at], blocks[at - 1]
    elif verb == "down" and at + 1 < len(blocks):
        blocks[at], blocks[at + 1] = blocks[at + 1], blocks[at]
    return document | {"blocks": blocks}


def problem_at(problems: list[Problem], place: str) -> Problem | None:
    return next((problem for problem in problems if problem.place == place), None)
