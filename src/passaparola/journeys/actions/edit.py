"""Making, changing and switching journeys."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from passaparola.journeys.actions.leave import Leaving, end
from passaparola.journeys.known import known
from passaparola.journeys.models import Enrolment, Journey, ToDo, Version
from passaparola.journeys.rules.document import define
from passaparola.stores.models import Member, Store


@transaction.atomic
def save(
    store: Store,
    *,
    key: str,
    document: Any,
    by: Member | None,
    now: datetime,
    moves_people: bool = False,
    once: str = "",
) -> Version:
    """Keep a document as the journey's next version; the first one makes the journey, switched off.

    `once` is the word of the form that makes one: asked again with it, the journey it made is meant, whatever `key`
    says.

    Whoever is under way finishes the version they are in. With `moves_people` they go over to the new one, but
    for those who stand at a step that it no longer has. Raises DocumentError; nothing is kept then.
    """
    definition = define(document, known=known(store))
    Store.objects.select_for_update(no_key=True).get(pk=store.pk)
    made = Journey.objects.filter(store=store, once=once).first() if once else None
    journey = made or _of_key(store, key, {"name": definition.name, "created_at": now, "once": once or None})
    latest = journey.versions.order_by("-number").first()
    if latest and latest.document == document and journey.live_id == latest.pk:
        return latest
    number = (journey.versions.aggregate(n=Max("number"))["n"] or 0) + 1
    version = Version.objects.create(
        journey=journey, number=number, document=document, made_by=by, made_at=now
    )
    before = journey.live_id
    journey.name, journey.live, journey.archived_at = definition.name, version, None
    journey.save(update_fields=["name", "live", "archived_at"])
    if moves_people:
        under_way = Enrolment.objects.under_way().filter(journey=journey)
        under_way.filter(position__in=list(definition.steps)).update(version=version, due_at=now)
    retire(journey, spared=before, now=now)
    return version


def _of_key(store: Store, key: str, new: dict[str, Any]) -> Journey:
    return Journey.objects.get_or_create(store=store, key=key, defaults=new)[0]


def retire(journey: Journey, *, spared: int | None, now: datetime) -> None:
    """Forget versions that nobody is in any more: events need not be shown to them.

    The one that was live a moment ago is spared: a worker may be letting somebody into it just now.
    """
    old = journey.versions.exclude(pk__in=[journey.live_id or 0, spared or 0]).filter(retired_at=None)
    theirs = Enrolment.objects.filter(journey=journey, version__in=old)
    busy = theirs.filter(ended_at=None).values("version")
    waiting = theirs.filter(goal_at=None, goal_until__gt=now).values("version")
    asking = theirs.filter(todos__in=ToDo.objects.open()).values("version")
    old.exclude(pk__in=busy).exclude(pk__in=waiting).exclude(pk__in=asking).update(retired_at=now)


def switch_on(journey: Journey, *, now: datetime) -> None:
    """From now on whoever fits enters. What happened before is not made up for."""
    if journey.switched_on_at is None:
        journey.switched_on_at = now
        journey.save(update_fields=["switched_on_at"])


def switch_off(journey: Journey) -> None:
    """Nobody enters any more; whoever is under way comes to their end."""
    journey.switched_on_at = None
    journey.save(update_fields=["switched_on_at"])


@transaction.atomic
def stop_everybody(journey: Journey, *, now: datetime) -> int:
    """End it for all who are under way, and take back what still waits for them; return how many there were."""
    return stop(Enrolment.objects.under_way().filter(journey=journey), reason="by_hand", now=now)


def stop(enrolments: Any, *, reason: str, now: datetime) -> int:
    """End some enrolments; returns how many were open."""
    rows = enrolments.order_by("pk").values_list("pk", "store_id", "journey_id", "position", "hops")
    return end([Leaving._make((*row, reason)) for row in rows], now=now)


@transaction.atomic
def archive(journey: Journey, *, now: datetime) -> None:
    """Put it away: off, ended for everybody, out of the list. What it did stays."""
    stop_everybody(journey, now=now)
    journey.switched_on_at, journey.archived_at = None, now
    journey.save(update_fields=["switched_on_at", "archived_at"])


def take_out(journey: Journey) -> None:
    """Bring back one that was put away: in the list again, and off. Whoever was in it does not come back."""
    journey.archived_at = None
    journey.save(update_fields=["archived_at"])
