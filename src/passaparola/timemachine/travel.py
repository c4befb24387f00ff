"""Going back: the messages of a stretch of time, decided about once more with something changed.

Nothing is written and nothing is sent. The same rules as live decide, on a clock of their own: journeys by
`journeys.dry_run`, messages by `messages.rules.replay`. Beside the changed past the unchanged one is replayed
too, so that everybody sees how far the machine tells the truth before believing what it says of a change.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from passaparola.journeys.dry_run import dry_run
from passaparola.journeys.letters import parts_of
from passaparola.messages import effect
from passaparola.messages.kind import kind_of
from passaparola.messages.models import Message
from passaparola.messages.policies import policy_of
from passaparola.messages.rules.intent import thing_of
from passaparola.messages.rules.replay import Asked, Fate, replay
from passaparola.messages.rules.values import History, Verdict
from passaparola.segments import queries as segments
from passaparola.stores.models import Store
from passaparola.timemachine.change import CampaignChange, Change, JourneyChange
from passaparola.timemachine.prices import Prices
from passaparola.timemachine.rules.figures import (
    Difference,
    Letter,
    Tale,
    agreement,
    differences,
    tale_of,
)
from passaparola.timemachine.wishes import Wanted, asked, in_line

GUARDED = frozenset({"trouble_open", "calm_after"})
"""Reasons that spare somebody in trouble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What came of it."""

    since: datetime
    until: datetime
    really: Tale
    """What was really sent."""
    would: Tale
    agreement: float | None
    """How well the machine tells the unchanged past: 1 is letter by letter."""
    differences: tuple[Difference, ...]
    changed: int
    """For how many people it would have been another story."""
    spared: int
    """Messages that were held back, or dropped, because their person was in trouble."""
    dropped: Counter[tuple[str, str]]
    """By reason, and by what it would have waited for too long."""
    waiting: int
    asked: int
    of_every: int
    """One in so many customers was looked at; 1 is everybody."""


def travel(
    store: Store, change: Change, *, days: int, now: datetime, most: int | None = None, examples: int = 20
) -> Trip:
    """Go through the last `days` once more. With `most`, no more than about so many messages are looked at."""
    since = now - timedelta(days=days)
    wanted = effect.wanted_since(store, since)
    of_every = 1 + wanted.count() // most if most else 1
    policy = policy_of(store)
    longest = max(policy.looks_back, (change.policy or policy).looks_back)
    stream, before = effect.stream_of(wanted, since, part=of_every, looks_back=longest)
    extra, gone = _changed(store, change, since=since, until=now, part=of_every)
    again = stream if not gone else [one for one in stream if one.wish.key not in gone]
    changed = in_line([again, extra])
    prices = Prices(store, since)
    really = list(_really(store, since, part=of_every))
    told = list(_letters(stream, replay(stream, policy, until=now, before=before), prices))
    fates = replay(changed, change.policy or policy, until=now, before=_before(before, extra))
    would = list(_letters(changed, fates, prices))
    different = differences(told, would)
    return Trip(
        since=since,
        until=now,
        really=tale_of(really, store.zone),
        would=tale_of(would, store.zone),
        agreement=agreement(really, told),
        differences=tuple(different[:examples]),
        changed=len(different),
        spared=sum(_is_spared(fate) for fate in fates.values()),
        dropped=_dropped(fates),
        waiting=sum(fate.decision.verdict is Verdict.DEFER for fate in fates.values()),
        asked=len(changed),
        of_every=of_every,
    )


def _is_spared(fate: Fate) -> bool:
    return fate.decision.reason in GUARDED or fate.decision.params.get("waits_for") in GUARDED


def _before(before: dict[int, History], extra: Sequence[Asked]) -> dict[int, History]:
    return {one.person: () for one in extra} | before


def _dropped(fates: Mapping[int, Fate]) -> Counter[tuple[str, str]]:
    dropped = (fate.decision for fate in fates.values() if fate.decision.verdict is Verdict.DROP)
    return Counter((one.reason, str(one.params.get("waits_for", ""))) for one in dropped)


def _changed(
    store: Store, change: Change, *, since: datetime, until: datetime, part: int
) -> tuple[list[Asked], set[int]]:
    """Return what would have been asked for besides, and the keys of what would not."""
    wanted: list[Wanted] = []
    gone: set[int] = set()
    if change.journey is not None:
        wanted += _by_journey(store, change.journey, since, until)
        if change.journey.journey_id:
            rows = Message.objects.filter(
                store=store, asked_at__gt=since, asked_by__startswith=f"journey:{change.journey.journey_id}:"
            )
            gone = set(rows.values_list("pk", flat=True))
    if change.campaign is not None:
        wanted += _by_campaign(store, change.campaign)
    return asked(store, [one for one in wanted if one.customer % part == 0], since=since), gone


def _by_journey(store: Store, change: JourneyChange, since: datetime, until: datetime) -> Iterator[Wanted]:
    if change.definition is None:
        return
    run = dry_run(store, change.definition, journey_id=change.journey_id, since=since, until=until)
    for one in run.would:
        key, template = parts_of(one.what)
        kind = kind_of(key) if one.is_message else None
        if kind is not None:
            asker = f"journey:{change.journey_id}:{one.step}"
            yield Wanted(
                customer=one.customer_id,
                kind=kind,
                at=one.at,
                order=one.order_id,
                channel=one.channel,
                lasts=one.lasts,
                thing=thing_of(key, template, asker),
                coupon=one.coupon,
                fallback=kind_of(one.fallback) if one.fallback else None,
            )


def _by_campaign(store: Store, change: CampaignChange) -> Iterator[Wanted]:
    for customer in segments.customers_of(store, change.condition, change.at):
        yield Wanted(
            customer=customer, kind=change.kind, at=change.at, channel=change.channel, thing=change.thing,
            coupon=change.coupon,
        )  # fmt: skip


def _letters(stream: Sequence[Asked], fates: Mapping[int, Fate], prices: Prices) -> Iterator[Letter]:
    for one in stream:
        fate = fates[one.wish.key]
        if fate.decision.verdict is Verdict.SEND:
            intent = one.wish.intent
            kind = kind_of(fate.decision.instead) or intent.kind
            yield Letter(
                person=one.person,
                kind=kind.key,
                at=fate.at,
                channel=intent.channel,
                coupon="" if fate.decision.instead else intent.coupon,
                cost=prices.of(kind, intent.channel, intent.to_address),
            )


def _really(store: Store, since: datetime, *, part: int) -> Iterator[Letter]:
    """Return what was sent of all that was asked for in this time."""
    rows = effect.wanted_since(store, since).filter(sent_at__isnull=False)
    columns: tuple[Any, ...] = ("customer_id", "customer__merged_into", "kind", "sent_at", "channel", "cost")
    for customer, root, kind, at, channel, cost, coupon in rows.values_list(*columns, "data__coupon"):
        person = root or customer
        if person % part == 0:
            free = Decimal(0) if channel == "email" else None
            yield Letter(
                person=person, kind=kind, at=at, channel=channel, coupon=coupon or "",
                cost=free if cost is None else cost,
            )  # fmt: skip
