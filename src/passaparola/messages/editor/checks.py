"""Whether a document can be sent: read, compiled, and written for somebody known and somebody unknown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mjml import mjml2html

from passaparola.messages.kind import MessageKind
from passaparola.messages.rendering import liquids
from passaparola.messages.rendering.blocks import Setting, parts_of
from passaparola.messages.rendering.brand import Brand
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.example import bare, example
from passaparola.messages.rendering.names import unknown_names
from passaparola.messages.rendering.own import Document, Problem, own_texts, problems, source_of, texts_in
from passaparola.messages.rendering.template import Template, build_texts
from passaparola.messages.rendering.texts import TemplateError, words_of
from passaparola.stores.models import Store


def compiled(kind: str, language: str, document: Document, store: Store) -> Template:
    """Compile for looking at it. TemplateError where it can't be."""
    texts = own_texts(kind, language, document)
    return build_texts(texts, Brand.of(store), html=liquids.HTML, text=liquids.TEXT)


def check(
    kind: MessageKind, language: str, document: Document, store: Store, *, now: datetime
) -> list[Problem]:
    """Return everything that keeps it from going live; an empty list where nothing does."""
    found = problems(document) or by_name(kind, language, document, store, now)
    if found:
        return found
    found = _by_mjml(kind.key, language, document, store)
    if found:
        return found
    try:
        template = compiled(kind.key, language, document, store)
    except TemplateError as error:
        return [Problem("blocks", 0, "mjml", str(error))]
    for matter in (example(store, kind, language, now), bare(store, kind, language, now)):
        data = content(matter)
        try:
            rendered = template.render(data)
        except TemplateError as error:
            return _by_text(document, data) or [Problem("blocks", 0, "liquid", str(error))]
        if not rendered.subject:
            return [Problem("subject", 0, "subject_may_be_empty")]
    return []


def by_name(
    kind: MessageKind, language: str, document: Document, store: Store, now: datetime
) -> list[Problem]:
    """Find the names that no letter of this kind knows: each would be a hole in what somebody reads."""
    texts = {place: source_of(place, text) for place, text in texts_in(document)}
    found = unknown_names(texts, content(example(store, kind, language, now)))
    return [Problem(one.place, one.line, "unknown_name", one.name, one.instead) for one in found]


def _by_mjml(kind: str, language: str, document: Document, store: Store) -> list[Problem]:
    """Find the block that MJML can't read, by compiling each alone."""
    brand = Brand.of(store)
    setting = Setting(colours=brand.colours(), face=brand.face, words=words_of(language))
    found = []
    for number, block in enumerate(own_texts(kind, language, document).blocks):
        try:
            inner = parts_of(block, setting).mjml
            mjml2html(
                f"<mjml><mj-body><mj-section><mj-column>{inner}</mj-column></mj-section></mj-body></mjml>"
            )
        except (TemplateError, ValueError, OSError) as error:
            found.append(Problem(f"blocks.{number}.text", 0, "mjml", str(error)))
    return found


def _by_text(document: Document, data: Mapping[str, Any]) -> list[Problem]:
    """Find the text that Liquid stumbles over when it is written for somebody."""
    found = []
    for place, text in texts_in(document):
        try:
            liquids.TEXT.from_string(source_of(place, text)).render(data)
        except liquids.FAULTS as error:
            found.append(Problem(place, liquids.line_of(error) or 1, "liquid", liquids.words_of(error)))
    return found
