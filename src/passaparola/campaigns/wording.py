"""What a campaign says, as it is sent: the letter's own texts, for somebody made up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from passaparola.campaigns.links import archive_link
from passaparola.campaigns.models import Campaign
from passaparola.messages.channel import Letter
from passaparola.messages.kind import KINDS
from passaparola.messages.letters import sender_of
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
