"""What a campaign says, as it is sent: the letter's own texts, for somebody made up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings

from passaparola.campaigns.links import archive_link
from passaparola.campaigns.models import Campaign
from passaparola.messages.channel import Letter
from passaparola.messages.kind import KINDS
from passaparola.messages.letters import sender_of
from passaparola.messages.rendering import liquids
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.example import example
from passaparola.messages.rendering.template import Template
from passaparola.messages.rendering.texts import TemplateError
from passaparola.messages.versions import Versions

LANGUAGES = {"it": "Italiano", "en": "English"}


def template_of(campaign: Campaign, language: str) -> Template:
    """Return the letter in a language. TemplateError where it can't be written."""
    store, kind, template = campaign.store, campaign.template.kind, campaign.template_id
    return Versions.of([store.pk], [kind], [template]).template(kind, language, store, template)


def letter_to(campaign: Campaign, address: str, language: str, *, now: datetime) -> Letter:
    """Return the letter to somebody with a usual name, to see how long it is. TemplateError as above."""
    store, kind = campaign.store, KINDS[campaign.template.kind]
    template = template_of(campaign, language)
    matter = example(store, kind, template.language, now)
    if campaign.has_letter:
        told = {**matter.told, "archive": archive_link(campaign, host=settings.PUBLIC_URL)}
        matter = replace(matter, told=told)
    return Letter(
        pk=0,
        to_address=address,
        sender=sender_of(store),
        template=template,
        data=content(matter),
        purpose=kind.purpose,
        at=now,
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """Two wordings in one language, as somebody with a usual name reads them."""

    language: str
    is_text: bool
    """For channels that have no subject."""
    own: str
    other: str
    """Empty where nobody wrote it yet."""


def tried(campaign: Campaign, *, now: datetime) -> Sequence[Tried]:
    """Return what is tried, by language; nothing where there is one wording only."""
    live = campaign.template.versions.live().first()
    if not campaign.trial or live is None:
        return ()
    parts = [("subject", campaign.other_subject)] if campaign.has_letter else []
    parts += [("short", campaign.other_short)] if campaign.has_text else []
    found = []
    for language, document in live.texts.items():
        data = content(example(campaign.store, KINDS[campaign.template.kind], language, now))
        name = LANGUAGES.get(language, language)
        for part, others in parts:
            own = document.get(part) or document["subject"]
            other = others.get(language, "")
            found.append(Tried(name, part == "short", _filled(own, data), _filled(other, data)))
    return found


def _filled(source: str, data: Mapping[str, Any]) -> str:
    """Return a line filled in; as it was typed where it can't be."""
    try:
        return " ".join(liquids.TEXT.from_string(source).render(data).split())
    except liquids.FAULTS:
        return source


def short_texts(campaign: Campaign, *, now: datetime) -> Sequence[tuple[str, str]]:
    """Return, by the language's name, the line or two that channels without room are sent."""
    live = campaign.template.versions.live().first()
    found = []
    for language in live.texts if live else ():
        try:
            letter = letter_to(campaign, "", language, now=now)
            found.append((LANGUAGES.get(language, language), letter.template.short(letter.data)))
        except TemplateError:
            continue
    return found
