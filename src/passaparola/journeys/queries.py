"""What the office asks about journeys."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import get_language, gettext

from passaparola.customers.models import Customer
from passaparola.journeys.letters import Names, names_of
from passaparola.journeys.models import Enrolment, Journey, Tally, ToDo, WebhookCall
from passaparola.journeys.models.call import WAITING_CALL
from passaparola.journeys.picture import Figures
from passaparola.journeys.rules.document import Placed
from passaparola.journeys.rules.effect import Effect
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.words import ending, said, words_of
from passaparola.kernel.models import EventRecord
from passaparola.messages import reasons
from passaparola.messages.models import WAITING, Message
from passaparola.segments.rules.condition import EVERYBODY
from passaparola.segments.words import event, told
from passaparola.stores.models import Store

LATELY, NEWEST = timedelta(days=90), 50_000
PATIENCE = "2s"
"""How long a page waits for a count over everybody who is in a journey."""


def figures(journey: Journey, now: datetime) -> Figures:
    """The live figures: ways from the tallies, who stands where from the rows, what went out from the messages."""
    passed: Counter[tuple[str, str]] = Counter()
    endings: Counter[str] = Counter()
    entered = held_out = 0
    for step, way, count in (
        Tally.objects.filter(journey=journey).values_list("step", "way").annotate(n=Sum("count"))
    ):
        if not step:
            entered, held_out = entered + count * (way == "entered"), held_out + count * (way == "held_out")
            endings["finished"] += count * (way == "finished")
        elif way.startswith("!"):
            endings[way[1:]] += count
        else:
            passed[step, way] += count
    here: Counter[str] = Counter()
    places = _here(journey)
    for step, _, count in places:
        here[step] += count
    versions = {version for _, version, _ in places}
    return Figures(passed, here, entered, held_out, +endings, versions, _sent(journey, now))


def _here(journey: Journey) -> list[tuple[str, int, int]]:
    """How many stand at each step, by the version they are in."""
    open_ = Enrolment.objects.under_way().filter(journey=journey)
    return _patiently(open_.values_list("position", "version").annotate(n=Count("pk")))


def _sent(journey: Journey, now: datetime) -> dict[str, tuple[int, int]]:
    """Of the messages that each step asked for lately, and about which is decided: how many went out, of how many."""
    rows = _decided(journey, now).values_list("asked_by").annotate(out=_WENT_OUT, n=Count("pk"))
    return {asked_by.split(":", 2)[2]: (out, n) for asked_by, out, n in _patiently(rows)}


@dataclass(frozen=True)
class Outcome:
    """What became of some of a step's messages: they went out, or did not for one and the same reason."""

    words: str
    count: int
    is_sent: bool


def outcomes(journey: Journey, step: str, now: datetime) -> list[Outcome]:
    """What became of the messages that a step asked for lately, and about which is decided; what went out first."""
    asked = _decided(journey, now).filter(asked_by=f"journey:{journey.pk}:{step}")
    language = get_language() or "en"
    found: Counter[tuple[bool, str]] = Counter()
    for reason, out, n in _patiently(asked.values_list("reason").annotate(out=_WENT_OUT, n=Count("pk"))):
        found[True, gettext("Sent")] += out
        found[False, _why(reason, language)] += n - out
    named = [Outcome(words, count, is_sent) for (is_sent, words), count in found.items() if count]
    return sorted(named, key=lambda one: (not one.is_sent, -one.count))


def _why(reason: str, language: str) -> str:
    """The reason without what was said of one message only."""
    code = {"": "state_dropped", "merged": "state_merged"}.get(reason, reason)
    return reasons.sentence(code, {}, language).replace(" (…)", "").rstrip(" .:…")


_WENT_OUT = Count("pk", filter=Q(sent_at__isnull=False))


def _decided(journey: Journey, now: datetime) -> QuerySet[Message]:
    wanted = Message.objects.filter(
        ~Q(purpose="transactional"), store=journey.store_id, asked_at__gt=now - LATELY
    )
    # The shop's newest ones only: what a page costs must not grow with what was ever said.
    newest = wanted.order_by("-asked_at").values("pk")[:NEWEST]
    return Message.objects.exclude(WAITING).filter(
        pk__in=newest, asked_by__startswith=f"journey:{journey.pk}:"
    )


def _patiently(rows: Any) -> list[Any]:
    """Ask as long as a page may take; nothing where it would take longer."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
            return list(rows)
    except OperationalError:
        return []


def effect(journey: Journey, now: datetime) -> Effect | None:
    """What it was worth so far: only of those whose time for the goal is over, or who reached it."""
    if journey.live is None or journey.live.definition.goal is None:
        return None
    over = Enrolment.objects.filter(journey=journey, goal_until__lte=now)
    reached = Q(goal_at__isnull=False)
    found = over.aggregate(
        treated=Count("pk", filter=Q(held_out_at=None)),
        treated_reached=Count("pk", filter=Q(held_out_at=None) & reached),
        alone=Count("pk", filter=Q(held_out_at__isnull=False)),
        alone_reached=Count("pk", filter=Q(held_out_at__isnull=False) & reached),
    )
    return Effect(found["treated"], found["treated_reached"], found["alone"], found["alone_reached"])


@dataclass(frozen=True)
class Listed:
    journey: Journey
    under_way: int
    entered: int


def listed(store: Store) -> list[Listed]:
    ours = Journey.objects.kept().filter(store=store).select_related("live")
    journeys = sorted(ours, key=lambda one: one.title)
    entered = dict(
        Tally.objects.filter(journey__in=journeys, step="", way="entered")
        .values_list("journey")
        .annotate(Sum("count"))
    )
    done = dict(
        Tally.objects.filter(journey__in=journeys, way__startswith="!")
        .values_list("journey")
        .annotate(Sum("count"))
    )
    finished = _finished(journeys)
    return [
        Listed(
            one,
            max(0, entered.get(one.pk, 0) - done.get(one.pk, 0) - finished.get(one.pk, 0)),
            entered.get(one.pk, 0),
        )
        for one in journeys
    ]


def _finished(journeys: Sequence[Journey]) -> dict[int, int]:
    """How many went through to the end: they left a step whose way leads to it."""
    found: dict[int, int] = {}
    rows = (
        Tally.objects.filter(journey__in=journeys, step="", way="finished")
        .values_list("journey")
        .annotate(Sum("count"))
    )
    found.update(dict(rows))
    return found


@dataclass(frozen=True)
class Passage:
    """One step that was left, as people read it."""

    step: str
    way: str
    at: datetime


@dataclass(frozen=True)
class Path:
    """One enrolment: how it came there, and what happens next."""

    enrolment: Enrolment
    began: str
    """What started it."""
    because: str
    """What had to be true then; empty where it was for everybody."""
    passages: list[Passage]
    now: str
    """Where it stands, or why it is over."""


def paths(enrolments: Any) -> list[Path]:
    rows = list(enrolments)
    names = {store: names_of(store) for store in {one.store_id for one in rows}}
    keys, stores = {one.event_key for one in rows}, list(names)
    events = EventRecord.objects.filter(store_id__in=stores, key__in=keys)
    kinds = {(store, key): kind for store, key, kind in events.values_list("store_id", "key", "kind")}
    return [_path(one, names[one.store_id], kinds.get((one.store_id, one.event_key), "")) for one in rows]


def _path(one: Enrolment, names: Names, kind: str) -> Path:
    steps: Mapping[str, Placed] = {}
    because = ""
    with suppress(ValueError):
        definition = one.version.definition
        steps, trigger = definition.steps, definition.trigger
        kind = kind or trigger.kinds[0]
        because = told(trigger.condition) if trigger.condition != EVERYBODY else ""
    began = event(kind) if kind else ""

    def title(step: str) -> str:
        placed = steps.get(step)
        if placed is None:
            return step
        words = words_of(placed.kind)
        says = said(placed, names)
        return placed.name or (
            f"{words.label}: {says}" if says and not words.is_pill else says or str(words.label)
        )

    passages = [
        Passage(title(step), _way(steps.get(step), way), datetime.fromisoformat(at))
        for step, way, at in one.path
    ]
    if one.held_out_at:
        return Path(one, began, because, passages, ending("held_out"))
    now = ending(one.ended_by) if one.ended_at else title(one.position)
    return Path(one, began, because, passages, now)


def _way(placed: Any, way: str) -> str:
    if placed is None or way in {"", "next"}:
        return ""
    return str(words_of(placed.kind).ways.get(way, way))


def of_customer(customer: Customer) -> list[Path]:
    rows = Enrolment.objects.of_customer(customer).select_related("journey", "version", "order")
    return paths(rows.order_by(F("ended_at").desc(nulls_first=True), "-entered_at")[:10])


def people(journey: Journey, *, step: str = "", before: int | None = None, size: int = 50) -> list[Path]:
    """Who is, or was, in it, the newest first; of one step only those who stand there."""
    rows = Enrolment.objects.filter(journey=journey).select_related("journey", "version", "order", "customer")
    if step:
        rows = rows.filter(position=step, ended_at=None)
    if before:
        rows = rows.filter(pk__lt=before)
    return paths(rows.order_by("-pk")[:size])


def has_webhooks(store: Store, shown: Sequence[Listed]) -> bool:
    """Tell whether a journey of the list tells another system something, or one ever did."""
    return any(_tells(one.journey) for one in shown) or WebhookCall.objects.filter(store=store).exists()


def _tells(journey: Journey) -> bool:
    with suppress(DocumentError):
        steps = journey.live.definition.steps.values() if journey.live else ()
        return any(placed.kind == "webhook" for placed in steps)
    return False


def todos(store: Store, *, which: str, member_id: int, now: datetime) -> Any:
    """To-dos for the list: `open`, `mine` or `done`."""
    rows = ToDo.objects.filter(store=store).select_related(
        "customer", "order", "assignee", "done_by", "enrolment__journey"
    )
    if which == "done":
        return rows.filter(done_at__isnull=False).order_by("-done_at")[:50]
    open_ = rows.wanted(now).order_by("due_at", "pk")
    return (open_.filter(assignee=member_id) if which == "mine" else open_)[:100]


def todos_due(store: Any, now: datetime) -> tuple[QuerySet[ToDo]]:
    return (ToDo.objects.filter(store=store).due(now),)


def webhooks(store: Store) -> dict[str, Any]:
    """What other systems did not hear, given up or tried again by itself, the newest first."""
    calls = WebhookCall.objects.filter(store=store).order_by("-pk")
    given_up = list(calls.given_up()[:50])
    names = {one.key: one.title for one in Journey.objects.filter(store=store)}
    for call in given_up:
        call.journey_name = names.get(call.body.get("journey"), "")  # type: ignore[attr-defined] # for the page
    return {"given_up": given_up, "waiting": list(calls.filter(WAITING_CALL, attempts__gt=0)[:50])}


def unheard(store: Any, pk: int, now: datetime) -> dict[str, Any] | None:
    """How many calls were given up, for Today."""
    del pk, now
    count = WebhookCall.objects.filter(store=store).given_up().count()
    return {"unheard": count} if count else None
