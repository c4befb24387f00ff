"""Writing templates: drafts are kept whatever they hold, only what can be sent goes live."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify

from passaparola.kernel.pictures import read_picture
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Template, TemplatePicture, TemplateVersion
from passaparola.messages.rendering.own import Document, document_of, tidied
from passaparola.messages.rendering.texts import texts_of
from passaparola.messages.rules.language import SPOKEN
from passaparola.stores.models import Member, Store

PICTURE_SIDE = 1200
"""Twice the width of a mail: sharp on every telephone."""


def wording(store: Store, *, kind: str) -> Template:
    """Return the template that stands in place of a kind's texts; KeyError for a kind there is not."""
    return Template.objects.get_or_create(store=store, key=KINDS[kind].key, kind=kind)[0]


@transaction.atomic
def write(store: Store, *, name: str, kind: str, by: Member | None, now: datetime) -> Template:
    """Begin a letter of the shop's own, with the texts of its kind to change."""
    slug = slugify(name)[:40] or "letter"
    template = Template.objects.create(
        store=store, key=f"{slug}-{secrets.token_hex(3)}", kind=KINDS[kind].key, name=name[:120]
    )
    save_draft(template, texts=first_texts(kind), by=by, now=now)
    return template


def first_texts(kind: str) -> dict[str, Document]:
    """Return what a shop begins with: the kind's own texts in every language we speak."""
    return {language: document_of(texts_of(kind, language)) for language in SPOKEN}


@transaction.atomic
def save_draft(
    template: Template, *, texts: Mapping[str, Mapping[str, Any]], by: Member | None, now: datetime
) -> TemplateVersion:
    """Keep texts that nobody is sent yet. A member's newest draft is written over; what was live stays as it was."""
    Template.objects.select_for_update().get(pk=template.pk)
    clean = {language: tidied(texts[language]) for language in SPOKEN if language in texts}
    newest = template.versions.order_by("-number").first()
    if newest is not None and newest.live_at is None and newest.made_by == by:
        newest.texts, newest.made_at = clean, now
        newest.save(update_fields=["texts", "made_at"])
        return newest
    last = template.versions.aggregate(last=Max("number"))["last"] or 0
    return TemplateVersion.objects.create(
        template=template, number=last + 1, texts=clean, made_by=by, made_at=now
    )


@transaction.atomic
def publish(version: TemplateVersion, *, now: datetime) -> TemplateVersion:
    """Send this version from now on. Whoever calls has looked that it can be sent (`editor.checks`)."""
    template = Template.objects.select_for_update().get(pk=version.template_id)
    is_newest = not template.versions.filter(number__gt=version.number).exists()
    if version.live_at is None and is_newest:
        version.live_at = now
        version.save(update_fields=["live_at"])
        return version
    return restore(version, by=version.made_by, now=now)


@transaction.atomic
def restore(version: TemplateVersion, *, by: Member | None, now: datetime) -> TemplateVersion:
    """Send an older version's texts again, as a new version: the row of what was sent when stays true."""
    template = Template.objects.select_for_update().get(pk=version.template_id)
    last = template.versions.aggregate(last=Max("number"))["last"] or 0
    return TemplateVersion.objects.create(
        template=template, number=last + 1, texts=version.texts, made_by=by, made_at=now, live_at=now
    )


def use_ours(template: Template) -> None:
    """Send our own texts again for a kind: the shop's versions stay as drafts."""
    template.versions.filter(template__key=F("template__kind")).update(live_at=None, failed_at=None)


def archive(template: Template, *, now: datetime) -> None:
    """Offer it no more. What was asked for with it is still sent."""
    Template.objects.filter(pk=template.pk, archived_at=None).update(archived_at=now)


def add_picture(store: Store, *, name: str, content: bytes, now: datetime) -> TemplatePicture:
    """Keep a picture for mails, written anew. PictureError where it can't be read."""
    picture = read_picture(content, longest_side=PICTURE_SIDE)
    return TemplatePicture.objects.create(
        store=store,
        key=secrets.token_urlsafe(18),
        name=name[:120],
        content=picture.content,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        made_at=now,
    )
