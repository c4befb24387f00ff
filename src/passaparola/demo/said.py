"""What the playbook had the team do and had said in the past, written down as it would have been."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from passaparola.cases import actions as cases
from passaparola.demo.walkers import Asked, Walker
from passaparola.journeys.actions.leave import key_of
from passaparola.journeys.events import ToDoDone
from passaparola.journeys.models import Enrolment, ToDo
from passaparola.journeys.rules.values import Do, Say
from passaparola.kernel.events import emit
from passaparola.kernel.models import EventRecord
from passaparola.messages.actions.record import WORTH_TELLING
from passaparola.messages.events import MessageSent
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Message
from passaparola.messages.people import People
from passaparola.messages.policies import policy_of
from passaparola.messages.rules.language import language_of
from passaparola.messages.rules.replay import Fate, replay
from passaparola.messages.rules.values import Purpose, Verdict
from passaparola.orders.models import Order
from passaparola.stores.models import Member, Store
from passaparola.timemachine.wishes import Wanted, asked

OPEN_SINCE = timedelta(hours=30)
"""What was asked of the team longer ago has been done."""
MOST_OPEN = 9
OPENS, CLOSES = 9, 18
_NOTES: dict[str, tuple[str, ...]] = {
    "welcome": (
        "È un regalo per la sorella. Ha chiesto del lavaggio in lavastoviglie.",
        "Contentissima, voleva sapere se facciamo anche le tazzine.",
        "Non risponde: lasciato un messaggio.",
        "",
    ),
    "before": ("C'è qualcuno in casa.", "Non c'è nessuno: lo prende la vicina.", "Non risponde.", ""),
    "after": ("Tutto bene, il pacco era intatto.", "Contentissima.", "Non risponde.", ""),
    "call": ("Non risponde: lasciato un messaggio.", ""),
    "card": ("Scritto, parte con il prossimo ordine.", "Scritto.", ""),
    "check": (
        "Sentito il corriere: fermo in filiale, riparte domani.",
        "Il corriere lo cerca, richiamo io.",
        "",
    ),
}


@dataclass(frozen=True, slots=True)
class Walked:
    """An enrolment and how it came there."""

    row: Enrolment
    walker: Walker


def tell(store: Store, everybody: Sequence[Walked], *, by: Member, now: datetime) -> None:
    """Write down to-dos and messages."""
    sara = store.members.filter(name__startswith="Sara").first() or by
    _todos(store, everybody, (sara, sara, by), now)
    _delays(store, since=min((one.walker.begun_at for one in everybody), default=now), now=now)
    _messages(store, everybody, now)


def _asks(everybody: Sequence[Walked], effect: type) -> Iterator[tuple[Walked, Asked]]:
    found = ((one, asked) for one in everybody for asked in one.walker.asked)
    return (pair for pair in found if isinstance(pair[1].effect, effect))


def _todos(store: Store, everybody: Sequence[Walked], team: Sequence[Member], now: datetime) -> None:
    rng = Random(31)  # noqa: S311 - a made-up shop
    asks = sorted(_asks(everybody, Do), key=lambda pair: pair[1].at, reverse=True)
    rows, still_open, happened = [], 0, _taking_back(store, asks)
    for one, ask in asks:
        row = _todo(store, one, ask)
        if one.walker.ended_at and one.walker.ended_by not in {"finished", "stopped"}:
            row.withdrawn_at = one.walker.ended_at
        kinds = ask.effect.gone_with if isinstance(ask.effect, Do) else ()
        gone = [at for kind, at in happened.get(row.order_id or 0, ()) if kind in kinds and at > ask.at]
        row.withdrawn_at = min([*gone, *filter(None, [row.withdrawn_at])], default=None)
        if ask.at > now - OPEN_SINCE and still_open < MOST_OPEN:
            still_open += row.withdrawn_at is None
        else:
            done_at = min(_by_day(ask.at + timedelta(hours=rng.uniform(1, 26)), store), now)
            if row.withdrawn_at is None or done_at < row.withdrawn_at:
                row.withdrawn_at, row.done_at, row.done_by = None, done_at, rng.choice(team)
                row.note = rng.choice(_NOTES.get(ask.step) or _NOTES.get(row.task, ("",)))
        rows.append(row)
    made = ToDo.objects.bulk_create(rows, batch_size=500)
    emit([_done(row) for row in made if row.done_at], now=now)


def _taking_back(store: Store, asks: Sequence[tuple[Walked, Asked]]) -> dict[int, list[tuple[str, datetime]]]:
    """By order, what happened that takes back what was asked about it."""
    kinds = {kind for _, ask in asks if isinstance(ask.effect, Do) for kind in ask.effect.gone_with}
    events = EventRecord.objects.filter(store_id=store.pk, kind__in=kinds, order_id__isnull=False)
    found: dict[int, list[tuple[str, datetime]]] = {}
    for order, kind, at in events.values_list("order_id", "kind", "happened_at"):
        found.setdefault(order or 0, []).append((kind, at))
    return found


def _by_day(at: datetime, store: Store) -> datetime:
    """Nobody rings at night: between nine and six, then or on the next day."""
    local = at.astimezone(store.zone)
    day = local + timedelta(days=local.hour >= CLOSES)
    return local if OPENS <= local.hour < CLOSES else day.replace(hour=OPENS + local.hour % OPENS)


def _todo(store: Store, one: Walked, ask: Asked) -> ToDo:
    do: Any = ask.effect
    return ToDo(
        store=store, enrolment=one.row, customer_id=one.row.customer_id, order_id=one.row.order_id,
        key=key_of(one.row.pk, ask.hop), task=do.task, words=dict(do.words), due_at=do.due_at, asked_at=ask.at,
        lapses_at=do.lapses_at,
    )  # fmt: skip


def _done(row: ToDo) -> ToDoDone:
    return ToDoDone(
        store_id=row.store_id, happened_at=row.done_at or row.due_at, key=f"todo:{row.pk}:done",
        customer_id=row.customer_id, order_id=row.order_id, subject_id=row.pk, task=row.task, note=row.note,
        is_history=True,
    )  # fmt: skip


def _messages(store: Store, everybody: Sequence[Walked], now: datetime) -> None:
    """Have the arbiter decide about all of them together, each at its own time."""
    asks = list(_asks(everybody, Say))
    wanted = [_wanted(one, ask) for one, ask in asks]
    since = min((ask.at for _, ask in asks), default=now)
    stream = asked(store, wanted, since=since)
    fates = replay(stream, policy_of(store), until=now)
    people = People.of({one.row.customer_id for one, _ in asks})
    rows = []
    for wish in stream:
        one, ask = asks[-wish.wish.key - 1]
        person = people.get(one.row.customer_id)
        language = language_of(person.language if person else "", "", store.language)
        rows.append(_message(store, one, ask, fates[wish.wish.key], wish.wish.intent.to_address, language))
    made = Message.objects.bulk_create(rows, batch_size=500)
    emit([_sent(row) for row in made if row.sent_at and Purpose(row.purpose) in WORTH_TELLING], now=now)


def _delays(store: Store, *, since: datetime, now: datetime) -> None:
    """The one apology of each delay of these weeks, which comes before all that a journey does about it."""
    told = EventRecord.objects.filter(store_id=store.pk, kind="ParcelDelayed", happened_at__gte=since)
    first = {event.order_id: event for event in told.order_by("-happened_at") if event.order_id}
    orders = Order.objects.filter(store=store, pk__in=first).select_related("customer")
    Message.objects.bulk_create([_delay(order, first[order.pk]) for order in orders], ignore_conflicts=True)
    cases.apologised(list(first), now=now)


def _delay(order: Order, event: EventRecord) -> Message:
    kind, at = KINDS["delayed"], event.happened_at + timedelta(minutes=3)
    language = order.customer.language if order.customer else ""
    return Message(
        store_id=order.store_id,
        customer_id=order.customer_id,
        order=order,
        parcel_id=event.subject_id,
        key=f"{kind.key}:{event.key}",
        kind=kind.key,
        purpose=kind.purpose.value,
        to_address=order.email,
        language=language_of(language, order.language, order.store.language),
        data={name: event.data[name] for name in ("cause", "new_last") if name in event.data},
        asked_at=event.happened_at,
        not_before=event.happened_at,
        expires_at=at + kind.lasts,
        due_at=at,
        sent_at=at,
        attempts=1,
    )


def _wanted(one: Walked, ask: Asked) -> Wanted:
    say: Any = ask.effect
    return Wanted(
        customer=one.row.customer_id, kind=KINDS[say.kind], at=ask.at, order=one.row.order_id,
        channel=say.channel, lasts=say.lasts, fallback=KINDS[say.fallback] if say.fallback else None,
    )  # fmt: skip


def _message(  # noqa: PLR0917 - one row
    store: Store, one: Walked, ask: Asked, fate: Fate, address: str, language: str
) -> Message:
    say: Any = ask.effect
    kind, verdict, decision = KINDS[say.kind], fate.decision.verdict, fate.decision
    waits = verdict is Verdict.DEFER
    return Message(
        store=store,
        customer_id=one.row.customer_id,
        order_id=one.row.order_id,
        parcel_id=one.row.parcel_id,
        key=key_of(one.row.pk, ask.hop),
        kind=kind.key,
        purpose=kind.purpose.value,
        channel=say.channel,
        to_address=address,
        language=language,
        data=dict(say.data),
        asked_by=f"journey:{one.row.journey_id}:{ask.step}",
        fallback=say.fallback,
        asked_at=ask.at,
        not_before=ask.at,
        expires_at=ask.at + (say.lasts or kind.lasts),
        due_at=decision.until or fate.at,
        deferred_at=fate.at if waits else None,
        sent_at=fate.at if verdict is Verdict.SEND else None,
        dropped_at=fate.at if verdict in {Verdict.DROP, Verdict.MERGE} else None,
        attempts=1 if verdict is Verdict.SEND else 0,
        reason=decision.reason,
        reason_data=decision.params,
    )


def _sent(row: Message) -> MessageSent:
    return MessageSent(
        store_id=row.store_id, happened_at=row.sent_at or row.due_at, key=f"message:{row.pk}:sent",
        customer_id=row.customer_id, order_id=row.order_id, subject_id=row.pk, message=row.kind,
        channel=row.channel, is_history=True,
    )  # fmt: skip
