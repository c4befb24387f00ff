"""Sending stops by itself where too much comes back, says so, and goes on when a person says so."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from passaparola.kernel.events import emit
from passaparola.messages.events import SendingPaused, SendingResumed
from passaparola.messages.models import WAITING, Message, SpeakingPolicy, Suppression
from passaparola.messages.rules.standing import (
    BOUNCES_AT_LEAST,
    COMPLAINTS_AT_LEAST,
    LOOKS_BACK,
    Standing,
    danger,
)
from passaparola.messages.rules.values import WANTED
from passaparola.stores.models import Member, Store


def watch_standing(now: datetime) -> int:
    """Pause the shops whose mail comes back too often; return how many were paused just now."""
    since = now - LOOKS_BACK
    paused = 0
    # First the few shops of which enough came back at all: what was sent is counted for these alone.
    for store in _suspects(since):
        paused += _judge(store, since, now)
    return paused


def _suspects(since: datetime) -> list[int]:
    back = Suppression.objects.filter(made_at__gt=since, channel="email", lifted_at=None).exclude(
        source="import"
    )
    counted = back.values("store_id").annotate(
        complaints=Count("pk", filter=Q(reason="complaint")),
        bounces=Count("pk", filter=Q(reason="hard_bounce")),
    )
    enough = Q(complaints__gte=COMPLAINTS_AT_LEAST) | Q(bounces__gte=BOUNCES_AT_LEAST)
    return list(counted.filter(enough).order_by("store_id").values_list("store_id", flat=True))


@transaction.atomic
def _judge(store_id: int, since: datetime, now: datetime) -> bool:
    store = Store.objects.select_for_update(no_key=True).get(pk=store_id)
    row = SpeakingPolicy.objects.filter(store=store).first()
    if row and row.paused_at:
        return False
    if row and row.resumed_at:  # somebody looked at what came before, and decided to go on
        since = max(since, row.resumed_at)
    standing = _standing(store_id, since)
    why = danger(standing)
    if not why:
        return False
    row = row or SpeakingPolicy(store=store)
    row.paused_at, row.paused_because = now, why
    row.paused_data = {
        "sent": standing.sent,
        "complaints": standing.complaints,
        "bounces": standing.bounces,
    }
    row.save()
    key = f"sending:{now.isoformat()}:paused"
    emit([SendingPaused(store_id=store_id, happened_at=now, key=key, because=why)], now=now)
    return True


def _standing(store_id: int, since: datetime) -> Standing:
    back = Suppression.objects.filter(store=store_id, made_at__gt=since, channel="email").exclude(
        source="import"
    )
    return Standing(
        sent=Message.objects.filter(store=store_id, sent_at__gt=since, channel="email").count(),
        complaints=back.filter(reason="complaint").count(),
        bounces=back.filter(reason="hard_bounce").count(),
    )


@transaction.atomic
def resume_sending(store: Store, *, by: Member | None, now: datetime) -> None:
    """Go on: somebody has seen to it. What waited for this is asked again at once."""
    changed = SpeakingPolicy.objects.filter(store=store, paused_at__isnull=False).update(
        paused_at=None, paused_because="", resumed_at=now, resumed_by=by
    )
    if not changed:
        return
    waiting = Message.objects.filter(WAITING, store=store, claimed_at=None, reason="sending_paused")
    waiting.filter(purpose__in=[purpose.value for purpose in WANTED]).update(due_at=now)
    key = f"sending:{now.isoformat()}:resumed"
    emit([SendingResumed(store_id=store.pk, happened_at=now, key=key)], now=now)
