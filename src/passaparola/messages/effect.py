"""What another policy would have changed: the messages asked for in the last months, gone through once more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from passaparola.customers.models import Customer
from passaparola.messages.channel import CHANNELS
from passaparola.messages.history import Histories
from passaparola.messages.kind import kind_of
from passaparola.messages.models import Message, MessageQuerySet
from passaparola.messages.people import People, PersonRow
from passaparola.messages.rules.busiest import busiest_of
from passaparola.messages.rules.intent import Intent, thing_of
from passaparola.messages.rules.policy import Policy
from passaparola.messages.rules.replay import Asked, Fate, replay
from passaparola.messages.rules.together import Wish
from passaparola.messages.rules.values import History, OrderNow, Purpose, Situation, Trouble, Verdict
from passaparola.messages.troubles import troubles_of
from passaparola.messages.zones import zone_of
from passaparola.stores.models import Store

LOOKS_AT = timedelta(days=90)
MOST = 20_000
"""As many as are gone through within a second or two; of larger shops every n-th customer is looked at."""
OTHERWISE_SILENT = frozenset(
    {
        *("history", "erased", "no_address", "hard_bounce", "complaint", "unsubscribed", "no_consent"),
        *("nobody_known", "order_deleted", "order_is_test", "order_cancelled", "cancellation_taken_back"),
        *("old_order", "stale", "already_told", "apologised", "unknown_kind", "refused"),
    }
)
"""Reasons that hold under any policy: such a message would not have gone out anyway."""


class _Row(NamedTuple):
    pk: int
    customer_id: int
    order_id: int | None
    parcel_id: int | None
    kind: str
    channel: str
    to_address: str
    template_id: int | None
    asked_by: str
    data__coupon: str | None
    asked_at: datetime
    not_before: datetime
    expires_at: datetime
    due_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the messages under one policy."""

    at_once: int = 0
    later: int = 0
    along: int = 0
    dropped: int = 0
    waiting: int = 0
    busiest: int | None = None
    """The customer who got most in any seven days."""
    busiest_count: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    before: Figures
    after: Figures
    messages: int
    of_every: int
    """One in so many customers was looked at; 1 is everybody."""


def effect(store: Store, old: Policy, new: Policy, now: datetime) -> Effect:
    """Return what the last 90 days look like under both. Nothing is written and nothing is sent."""
    since = now - LOOKS_AT
    wanted = wanted_since(store, since)
    of_every = 1 + wanted.count() // MOST
    stream, before = stream_of(wanted, since, part=of_every, looks_back=max(old.looks_back, new.looks_back))
    return Effect(
        before=figures(stream, replay(stream, old, until=now, before=before)),
        after=figures(stream, replay(stream, new, until=now, before=before)),
        messages=len(stream),
        of_every=of_every,
    )


def wanted_since(store: Store, since: datetime) -> MessageQuerySet:
    """Return what a policy can decide about: not what belongs to orders, nor what had to stay unsaid."""
    found = Message.objects.filter(store=store, asked_at__gt=since, customer__isnull=False)
    settled = Q(dropped_at__isnull=False, reason__in=OTHERWISE_SILENT) | Q(failed_at__isnull=False)
    return found.exclude(purpose=Purpose.TRANSACTIONAL.value).exclude(settled)


def stream_of(
    wanted: MessageQuerySet, since: datetime, *, part: int = 1, looks_back: timedelta
) -> tuple[list[Asked], dict[int, History]]:
    """Return messages as values for the rules, and what had been said to the same people before, so far back."""
    rows = [_Row._make(row) for row in wanted.order_by("pk").values_list(*_Row._fields)]
    people = People.of({row.customer_id for row in rows if row.customer_id % part == 0})
    troubles = troubles_of(people, since=since - LOOKS_AT)
    said = Histories.of(people, [], since=since - looks_back)
    before = {
        person: tuple(one for one in said.of_person(person, []) if one.sent_at <= since)
        for person in people.found
    }
    shops = dict(Store.objects.filter(pk__in={p.store_id for p in people.found.values()}).in_bulk())
    stream = [
        _asked(row, person, troubles.get(person.pk, ()), shops[person.store_id])
        for row in rows
        if (person := people.get(row.customer_id)) and kind_of(row.kind)
    ]
    return stream, before


def _asked(row: _Row, person: PersonRow, troubles: tuple[Trouble, ...], store: Store) -> Asked:
    kind = kind_of(row.kind)
    if kind is None:
        raise ValueError(row.kind)
    # How a parcel stood then is kept nowhere: what waits for the eve of its arrival is taken when it was told.
    ripe = (row.sent_at or row.due_at) if kind.waits_for_arrival_eve else row.not_before
    intent = Intent(
        kind=kind,
        to_address=row.to_address or "kept",
        not_before=max(ripe, row.asked_at),
        expires_at=row.expires_at,
        order_id=row.order_id,
        parcel_id=row.parcel_id,
        channel=row.channel,
        is_noisy=row.channel in CHANNELS and CHANNELS[row.channel].is_noisy,
        asked_at=row.asked_at,
        thing=thing_of(row.kind, row.template_id, row.asked_by),
        coupon=row.data__coupon or "",
    )
    situation = Situation(
        order=OrderNow(placed_at=row.asked_at) if row.order_id else None,
        consents=frozenset(Purpose),
        troubles=troubles,
        frequency=person.wish.frequency or "",
        zone=zone_of(person.time_zone, person.country, store.time_zone),
    )
    return Asked(Wish(row.pk, intent, situation), person.pk, row.asked_at)


def figures(stream: Sequence[Asked], fates: dict[int, Fate]) -> Figures:
    """Count what became of a stream."""
    counts: dict[str, int] = defaultdict(int)
    letters: dict[int, list[datetime]] = defaultdict(list)
    for asked in stream:
        fate = fates[asked.wish.key]
        counts[_how(fate)] += 1
        if fate.decision.verdict is Verdict.SEND:
            letters[asked.person].append(fate.at)
    busiest, most = busiest_of(letters)
    return Figures(**counts, busiest=busiest, busiest_count=most)


def _how(fate: Fate) -> str:
    if fate.decision.verdict is Verdict.SEND:
        return "later" if fate.waited else "at_once"
    names = {Verdict.MERGE: "along", Verdict.DROP: "dropped", Verdict.DEFER: "waiting"}
    return names[fate.decision.verdict]


def names_of(effect_: Effect, store: Store) -> dict[int, str]:
    """Return how the busiest people are called."""
    ids = {pk for pk in (effect_.before.busiest, effect_.after.busiest) if pk}
    return {person.pk: str(person) for person in Customer.objects.filter(store=store, pk__in=ids)}
