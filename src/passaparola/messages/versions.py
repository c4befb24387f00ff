"""The shop's own templates as they are sent: the newest version that works, and behind it the one before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from passaparola.messages.models import TemplateVersion
from passaparola.messages.rendering import liquids
from passaparola.messages.rendering.brand import Brand
from passaparola.messages.rendering.own import own_texts
from passaparola.messages.rendering.template import Template, build_texts, template_for
from passaparola.messages.rendering.texts import TemplateError
from passaparola.stores.models import Store

KEPT = 3
"""Versions that may stand in for one that fails; a fourth would speak of long ago."""


@dataclass(frozen=True, slots=True)
class _Live:
    kind: str
    versions: tuple[int, ...]
    """The newest first."""


@dataclass
class Versions:
    """What is live, for a batch of messages: one statement."""

    by_kind: dict[tuple[int, str], _Live] = field(default_factory=dict)
    by_id: dict[tuple[int, int], _Live] = field(default_factory=dict)

    @classmethod
    def of(cls, stores: Collection[int], kinds: Collection[str], templates: Collection[int]) -> "Versions":
        found = cls()
        rows = TemplateVersion.objects.live().filter(template__store__in=stores, template__kind__in=kinds)
        columns = ("template_id", "template__store_id", "template__key", "template__kind", "pk")
        pks: dict[int, list[int]] = {}
        for template, store, key, kind, pk in rows.values_list(*columns):
            versions = pks.setdefault(template, [])
            versions.append(pk)
            if len(versions) > KEPT:
                continue
            live = _Live(kind, tuple(versions))
            if key == kind:
                found.by_kind[store, kind] = live
            elif template in templates:
                found.by_id[store, template] = live
        return found

    def template(self, kind: str, language: str, store: Store, template_id: int | None) -> Template:
        """Return what is sent: the letter that was asked for; else the shop's wording of the kind, else ours.

        TemplateError where the letter is gone: our texts of its kind say little by themselves, and nobody chose them.
        """
        if template_id is not None:
            chosen = self.by_id.get((store.pk, template_id))
            if chosen is None or chosen.kind != kind:
                raise TemplateError("The letter it was to be is no longer there.")
            return _chain(chosen.versions, language, store, None)
        ours = template_for(kind, language, store)
        wording = self.by_kind.get((store.pk, kind))
        return _chain(wording.versions, language, store, ours) if wording else ours


def _chain(versions: Sequence[int], language: str, store: Store, last: Template | None) -> Template:
    """Return the newest that can be compiled, each with the one before to fall back on."""
    found = last
    for pk in reversed(versions):
        made = own_template(pk, language, Brand.of(store), "" if last else store.language)
        if made is not None:
            found = replace(made, earlier=found)
    if found is None:
        raise TemplateError("None of its versions can be read.")
    return found


@lru_cache(maxsize=2_000)
def own_template(pk: int, language: str, brand: Brand, otherwise: str = "") -> Template | None:
    """Compile one version; None where it can't be, or does not speak the language.

    `otherwise` names the language to take then; after it any will do: somebody chose this very letter.
    """
    version = TemplateVersion.objects.select_related("template").get(pk=pk)
    spoken = [name for name in (language, otherwise, *sorted(version.texts)) if name in version.texts]
    if not spoken or (not otherwise and spoken[0] != language):
        return None
    texts = own_texts(version.template.kind, spoken[0], version.texts[spoken[0]])
    try:
        made = build_texts(texts, brand, html=liquids.HTML, text=liquids.TEXT)
    except TemplateError as error:
        _note(pk, str(error))
        return None
    version_name = f"{version.template_id}.{version.number} {made.version}"
    return replace(made, version=version_name[:20], on_fault=lambda words: _note(pk, words))


def _note(pk: int, words: str) -> None:
    """Keep that a version failed, for the team to see: the first time says enough."""
    now: datetime = timezone.now()
    failed = TemplateVersion.objects.filter(pk=pk, live_at__isnull=False, failed_at=None)
    failed.update(failed_at=now, failure=words[:300])
