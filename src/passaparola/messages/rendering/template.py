"""A kind in one language in one shop's look: compiled once, filled in for each person."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

from liquid import BoundTemplate, Environment
from mjml import mjml2html

from passaparola.messages.rendering import encoding, fast, liquids
from passaparola.messages.rendering.brand import Brand
from passaparola.messages.rendering.page import compose
from passaparola.messages.rendering.texts import TemplateError, Texts, texts_of
from passaparola.stores.models import Store

_GAPS = re.compile(r"[ \t]{2,}")
_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)
_SIGNATURE = "\n-- \n"
"""Mail programs know what stands below this line, with its blank at the end, as the sender's signature."""
_BLANKS = re.compile(r"\n{3,}")
Data = Mapping[str, Any]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail to look at."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Template:
    """What is left of a template once everything that is the same for everybody is in place."""

    version: str
    """Changes with the texts, the blocks and the brand: says later what somebody was sent."""
    language: str
    subject_of: Callable[[Data], str]
    text_of: Callable[[Data], str]
    html_of: Callable[[Data], str]
    quoted_html_of: Callable[[Data], bytes]
    """The HTML as it stands in a mail: quoted-printable, with CRLF."""
    short_of: Callable[[Data], str] | None = None
    """The same in a line or two; None where the subject serves."""
    earlier: "Template | None" = None
    """Is sent to those for whom this one fails: a shop's last good version, and in the end our own."""
    on_fault: Callable[[str], None] | None = None
    """Is told why it failed."""

    def render(self, data: Data) -> Rendered:
        """Fill it in to be looked at. TemplateError where the template itself is at fault."""
        return self.surely(lambda it: Rendered(_subject(it, data), it.html_of(data), it.text_of(data)))

    def quoted(self, data: Data) -> tuple[str, bytes, bytes]:
        """Fill it in to be sent: subject, and text and HTML as quoted-printable."""
        return self.surely(
            lambda it: (
                _subject(it, data),
                encoding.whole(it.text_of(data)),
                it.quoted_html_of(data),
            )
        )

    def short(self, data: Data) -> str:
        """Fill in the line or two for channels without room. TemplateError where the template is at fault."""
        along = data.get("joined") or ()
        return self.surely(lambda it: " ".join([*(it.short_of or it.subject_of)(data).split(), *along]))

    def surely(self, write: "Callable[[Template], Made]") -> Made:
        """Write with this one, or with the one before where it is at fault: never a mistake to a customer."""
        try:
            return write(self)
        except liquids.FAULTS as error:
            if self.on_fault is not None:
                self.on_fault(liquids.words_of(error))
            if self.earlier is None:
                raise TemplateError(liquids.words_of(error)) from error
        return self.earlier.surely(write)


def _subject(template: Template, data: Data) -> str:
    """Return the subject. A shop's own without a word looks like spam, and is a mistake."""
    subject = template.subject_of(data)
    if not subject and template.on_fault is not None:
        raise TemplateError("its subject is empty")
    return subject


def tidy(text: str) -> str:
    """Close the gaps that absent parts leave, without touching the words."""
    body, sign, foot = text.partition(_SIGNATURE)
    # Each is looked for first: that takes a twentieth of going through the whole letter in vain.
    if "  " in body or "\t" in body:
        body = _GAPS.sub(" ", body)
    if " \n" in body or "\t\n" in body:
        body = _ENDS.sub("", body)
    if "\n\n\n" in body:
        body = _BLANKS.sub("\n\n", body)
    body = body.strip()
    return f"{body}\n{sign}{foot.strip()}\n"


def template_for(kind: str, language: str, store: Store) -> Template:
    """Return the compiled template; the same object as long as texts and brand stay the same."""
    return compiled(kind, language, Brand.of(store))


@lru_cache(maxsize=2_000)
def compiled(kind: str, language: str, brand: Brand) -> Template:
    """Compile for one brand: MJML costs milliseconds, so never per mail."""
    return build(kind, language, brand, html=liquids.HTML, text=liquids.TEXT)


def build(kind: str, language: str, brand: Brand, *, html: Environment, text: Environment) -> Template:
    """Compile with the given Liquid environments."""
    return build_texts(texts_of(kind, language), brand, html=html, text=text)


def build_texts(texts: Texts, brand: Brand, *, html: Environment, text: Environment) -> Template:
    """Compile texts, whoever wrote them. TemplateError where MJML or Liquid can't read them."""
    try:
        return _built(texts, brand, html, text)
    except liquids.FAULTS as error:
        raise TemplateError(liquids.words_of(error)) from error


def _built(texts: Texts, brand: Brand, html: Environment, text: Environment) -> Template:
    parts = compose(texts, brand)
    page = texts.restore(mjml2html(parts.mjml, fonts={}))
    digest = blake2b(f"{texts.subject}\0{page}\0{parts.text}\0{texts.short}".encode(), digest_size=6)
    page_of = _string(html.from_string(page), encoding.html_value)
    subject = _string(text.from_string(texts.subject), encoding.text_value)
    body = _string(text.from_string(parts.text), encoding.text_value)
    return Template(
        version=digest.hexdigest(),
        language=texts.language,
        subject_of=lambda data: " ".join(subject(data).split()),
        text_of=lambda data: tidy(body(data)),
        html_of=page_of,
        quoted_html_of=_quoted(html.from_string(page), page_of),
        short_of=_string(text.from_string(texts.short), encoding.text_value) if texts.short else None,
    )


def _string(template: BoundTemplate, value: Callable[[Any], str]) -> Callable[[Data], str]:
    try:
        render = fast.compile_nodes(template.nodes, fast.Writer(str, value))
    except fast.NotPlainError:
        return template.render
    return lambda data: "".join(render(data))


def _quoted(template: BoundTemplate, page_of: Callable[[Data], str]) -> Callable[[Data], bytes]:
    writer = fast.Writer(encoding.quoted, encoding.quoted_value)
    try:
        render = fast.compile_nodes(template.nodes, writer)
    except fast.NotPlainError:
        return lambda data: encoding.whole(page_of(data))
    return lambda data: b"".join(render(data)) + b"\r\n"
