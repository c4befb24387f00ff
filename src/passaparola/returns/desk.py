"""What the returns desk shows: the queue, one return, and what returns tell about products."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet

from passaparola.orders.connector import CONNECTORS
from passaparola.returns.actions.give_back import through
from passaparola.returns.models import (
    BackParcel,
    GivingBack,
    Item,
    Photo,
    Policy,
    Return,
    Settings,
    Statement,
    Step,
)
from passaparola.returns.rules.policy import Resolution, Way
from passaparola.returns.rules.states import State, may_follow
from passaparola.returns.standing import standing_of
from passaparola.returns.words import AGREED, GRADES, SIGNED, STATES, STEPS, TO_PREPARE, WAYS, Word, told
from passaparola.stores.models import Store

PAGE = 50
YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One return in the list."""

    filed: Return
    state: Word
    tone: str
    icon: str
    resolution: Word
    due_at: datetime | None
    is_overdue: bool


def queues(store: Store) -> dict[str, Any]:
    """The lists of the desk, each as a query."""
    ours = Return.objects.filter(store=store)
    return {
        "decide": ours.undecided(),
        "prepare": ours.to_prepare(),
        "come": ours.to_come().order_by("send_by", "pk"),
        "inspect": ours.to_inspect().order_by("refund_by", "pk"),
        "settle": ours.to_settle(),
        "done": ours.over().order_by("-requested_at", "-pk"),
    }


def counts(store: Store) -> dict[str, int]:
    """How many wait in each list but the last, which only grows."""
    return {name: found.count() for name, found in queues(store).items() if name != "done"}


def waiting(store: Store, now: datetime) -> tuple[QuerySet[Return] | QuerySet[Statement], ...]:
    """For the menu: what customers wait for before they can do anything, in small partial indexes."""
    del now
    ours = Return.objects.filter(store=store)
    return ours.undecided(), ours.to_prepare(), Statement.objects.lost().filter(store=store)


def rows(store: Store, queue: str, *, q: str, before: int, now: datetime) -> list[Row]:
    found = queues(store).get(queue, queues(store)["decide"]) if not q else _search(store, q)
    if before:
        found = found.filter(pk__lt=before)
    return [row_of(filed, now) for filed in found.for_list()[: PAGE + 1]]


def _search(store: Store, q: str) -> Any:
    found = Return.objects.filter(store=store).order_by("-requested_at", "-pk")
    for word in q.lower().split()[:5]:
        found = found.filter(order__search__contains=word) | found.filter(number__iexact=word)
    return found


def row_of(filed: Return, now: datetime) -> Row:
    label, tone, icon = STATES[filed.state]
    if filed.is_kept and filed.state is State.APPROVED:
        label, tone, icon = STATES[State.INSPECTED]
    if filed.waits_for_us:
        label, tone, icon = TO_PREPARE
    due_at = None if filed.is_over or filed.is_settled else filed.due_at
    return Row(
        filed=filed,
        state=label,
        tone=tone,
        icon=icon,
        resolution=AGREED[Resolution(filed.resolution)],
        due_at=due_at,
        is_overdue=due_at is not None and due_at < now,
    )


def next_undecided(store: Store, after: Return) -> Return | None:
    return Return.objects.filter(store=store).undecided().exclude(pk=after.pk).first()


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One item of a return on its page."""

    item: Item
    reason: str
    photos: Sequence[Photo]
    policy: str
    grade: Word


def one(filed: Return, *, now: datetime) -> dict[str, Any]:
    """Everything about one return that somebody deciding wants to see."""
    settings = Settings.objects.of(filed.store)
    reasons = settings.reasons()
    standing = standing_of(filed.order, now=now)
    photos = list(filed.photos.defer("content").order_by("pk"))
    pieces = [
        Piece(
            item=item,
            reason=told(reasons, item.reason),
            photos=[photo for photo in photos if photo.line_id == item.line_id],
            policy=standing.by_id[item.line_id].verdict.policy.name if item.line_id in standing.by_id else "",
            grade=GRADES.get(item.grade, ""),
        )
        for item in filed.items.select_related("line").order_by("pk")
    ]
    may = {state.value: may_follow(filed.state, state) for state in State}
    return {
        "row": row_of(filed, now),
        "pieces": pieces,
        "may": may,
        "may_settle": may["refunded"],
        "gives_through": _gives_through(filed) if may["refunded"] else "",
        "giving": GivingBack.objects.filter(filed=filed).first(),
        "steps": [_step(step) for step in filed.steps.select_related("by")],
        "parcels": list(filed.parcels.defer("label").order_by("pk")),
        "way": WAYS[Way(filed.way)][0],
        "until": next((each.verdict.until for each in standing.lines if each.verdict.until), None),
        "left": standing.paid.left,
        "others": list(Return.objects.filter(order=filed.order_id).exclude(pk=filed.pk).order_by("pk")),
        "grades": list(GRADES.items()),
        "statement": Statement.objects.filter(filed=filed).first(),
    }


def _gives_through(filed: Return) -> str:
    """The name of the shop system through which the money can be given back here; empty where there is none."""
    is_ready = filed.resolution == Resolution.REFUND and (filed.inspected_at or filed.is_kept)
    found = through(filed.order) if is_ready else None
    return CONNECTORS[found.kind].name if found else ""


def _step(step: Step) -> dict[str, Any]:
    label, tone, icon = STATES[State(step.state)]
    signed = step.by.name if step.by else str(SIGNED.get(step.who, ""))
    return {
        "label": STEPS.get(State(step.state), label),
        "tone": tone,
        "icon": icon,
        "signed": signed,
        "at": step.at,
        "words": step.words,
    }


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one product's returns of a year tell."""

    title: str
    sold_back: int
    reasons: Sequence[tuple[str, int]]
    photos: Sequence[int]


def by_product(store: Store, *, now: datetime, most: int = 20) -> list[Told]:
    """The products that come back most, why, and the newest pictures of it."""
    since = now - YEAR
    items = Item.objects.filter(filed__store=store, filed__requested_at__gte=since)
    pairs = items.values_list("line__title", "reason").annotate(n=Count("pk")).order_by("-n")
    reasons = Settings.objects.of(store).reasons()
    found: dict[str, list[tuple[str, int]]] = {}
    for title, reason, n in pairs:
        found.setdefault(title, []).append((told(reasons, reason), n))
    top = sorted(found, key=lambda title: -sum(n for _, n in found[title]))[:most]
    pictures = _pictures(store, top, since)
    return [
        Told(
            title=title,
            sold_back=sum(n for _, n in found[title]),
            reasons=found[title][:4],
            photos=pictures.get(title, ()),
        )
        for title in top
    ]


def _pictures(store: Store, titles: Sequence[str], since: datetime) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    newest = Photo.objects.filter(filed__store=store, line__title__in=titles, taken_at__gte=since).order_by(
        "-pk"
    )
    for pk, title in newest.values_list("pk", "line__title")[:400]:
        found.setdefault(title, [])
        if len(found[title]) < 3:  # noqa: PLR2004 - enough to see what is wrong
            found[title].append(pk)
    return found


def pace(store: Store, *, now: datetime) -> dict[str, Any]:
    """How long it takes, over a year: median days from opened to decided, to here, to settled."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), count(*) FILTER (WHERE coalesce(refunded_at, exchanged_at) IS NOT NULL),
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM approved_at - requested_at)),
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM
                       coalesce(refunded_at, exchanged_at) - requested_at)),
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM
                       coalesce(refunded_at, exchanged_at) - received_at)),
                   coalesce(sum(amount) FILTER (WHERE refunded_at IS NOT NULL), 0),
                   count(*) FILTER (WHERE exchanged_at IS NOT NULL)
              FROM returns_return WHERE store_id = %s AND requested_at >= %s
            """,
            [store.pk, now - YEAR],
        )
        count, settled, decided, whole, here, amount, exchanged = cursor.fetchone()

    def days(seconds: float | None) -> Decimal | None:
        return None if seconds is None else round(Decimal(seconds) / 86_400, 1)

    return {
        "count": count,
        "settled": settled,
        "decided": days(decided),
        "whole": days(whole),
        "here": days(here),
        "amount": amount,
        "exchanged": exchanged,
    }


def policy_rows(store: Store) -> list[Policy]:
    return list(Policy.objects.filter(store=store).order_by("rank", "pk"))


def label_of(store: Store, filed: int, parcel: int) -> BackParcel | None:
    return BackParcel.objects.filter(filed__store=store, filed=filed, pk=parcel).first()
