"""A journey and its versions. A version never changes: who is under way can finish the one they began."""

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import get_language

from passaparola.journeys.known import known
from passaparola.journeys.rules.document import Definition, define
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.shelf import in_words
from passaparola.stores.models import Member, Store


class JourneyQuerySet(models.QuerySet["Journey"]):
    def kept(self) -> "JourneyQuerySet":
        return self.filter(archived_at=None)

    def put_away(self) -> "JourneyQuerySet":
        return self.filter(archived_at__isnull=False).order_by("-archived_at", "-pk")

    def running(self) -> "JourneyQuerySet":
        return self.kept().filter(switched_on_at__isnull=False)


class Journey(models.Model):
    """What is done for each customer after an event."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="journeys")
    key = models.CharField(max_length=60)
    """Names it in files: `thank_you_after_delivery`."""
    name = models.CharField(max_length=120)
    live = models.ForeignKey("Version", models.SET_NULL, null=True, related_name="+")
    """The version that whoever enters now goes through."""
    switched_on_at = models.DateTimeField(null=True)
    """Nobody enters while it is off."""
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    once = models.CharField(max_length=40, null=True)  # noqa: DJ001 - many have none, and none are alike
    """Of the form that it was made with: sent a second time, it means this journey and no other."""

    objects = JourneyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "key"], name="journey_once"),
            models.UniqueConstraint(fields=["store", "once"], name="journey_made_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name as whoever reads it now says it."""
        return in_words(self.key, self.name, get_language() or "en")


class Version(models.Model):
    """One document of a journey, as it was saved."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)
    """Since when nobody is in it any more, and nobody can come."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journey", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.journey_id} v{self.number}"

    @property
    def definition(self) -> Definition:
        return definition_of(self.pk, self.document)


_DEFINED: dict[int, Definition] = {}


def definition_of(version_id: int, document: Any) -> Definition:
    """Return what a version defines. Versions never change, so each is read once a process.

    Raises DocumentError where an update took away something that it names.
    """
    found = _DEFINED.get(version_id)
    if found is None:
        found = _DEFINED[version_id] = define(document, known=known())
    return found


def definitions_of(versions: Collection[int]) -> dict[int, Definition]:
    """Return what these versions define, without those that can't be read any more; known ones cost no statement."""
    found = {pk: _DEFINED[pk] for pk in versions if pk in _DEFINED}
    unknown = [pk for pk in versions if pk not in found]
    if unknown:
        for pk, document in Version.objects.filter(pk__in=unknown).values_list("pk", "document"):
            with suppress(DocumentError):
                found[pk] = definition_of(pk, document)
    return found
