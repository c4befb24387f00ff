"""What needs somebody today: of everything that waits, the ten things that matter most, each with its reason.

Cases come ranked (`cases.rules.rank`); whatever else waits is weighed beside them on the same scale.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from passaparola.cases.models import Case
from passaparola.cases.rules.rank import how_soon
from passaparola.cases.story import icon_of, reasons_of, who_of
from passaparola.inbound.models import Delivery
from passaparola.kernel.ui import formats
from passaparola.messages.models import Message
from passaparola.office import standing
from passaparola.office.queries.connections import posts
from passaparola.office.rules import Silence, silence
from passaparola.orders.models import Order
from passaparola.promises import wording
from passaparola.promises.models import Promise
from passaparola.stores.models import Store
from passaparola.tracking.models import FirstPromise, Parcel

MOST = 10
"""One for each number key."""
ASKED = 90
"""Letters of somebody's question."""
FORGOTTEN_AFTER = timedelta(days=30)
"""What went wrong longer ago has been dealt with, or never will be."""
DEAF, SILENT, FAILED, UNSURE, PARCEL, OVERDUE, PROMISE = 120.0, 60.0, 50.0, 12.0, 20.0, 35.0, 30.0
"""Beside cases, of which a late parcel of 80 € weighs about 25 and a lost one of 200 € about 160."""


@dataclass(frozen=True)
class Need:
    """One thing that waits for a person: who or what, why, and where to do something about it."""

    title: str
    reason: str
    url: str
    button: str
    icon: str
    tone: str = "warn"
    weight: float = 0.0
    order_id: int | None = None
    key: str = ""
    """The number that opens it."""


def needs(store: Store, *, now: datetime) -> list[Need]:
    """Return the ten things that matter most; of one order only the most telling."""
    found = sorted(_all(store, now), key=lambda need: -need.weight)
    once = {need.order_id or need.url: need for need in reversed(found)}
    most = sorted(once.values(), key=lambda need: -need.weight)[:MOST]
    return [replace(need, key=str((place + 1) % 10)) for place, need in enumerate(most)]


def _all(store: Store, now: datetime) -> Iterator[Need]:
    yield from _cases(store, now)
    yield from _promised(store, now)
    yield from _parcels(store, now)
    yield from _overdue(store, now)
    yield from _failed_deliveries(store)
    yield from _failed_messages(store, now)
    yield from _silent_connections(store, now)


def _cases(store: Store, now: datetime) -> Iterator[Need]:
    worst = Case.objects.filter(store=store).open().worst_first().select_related("order", "customer", "owner")
    language, shown = get_language() or "en", list(worst[:MOST])
    reasons = reasons_of(shown)
    for case in shown:
        since = formats.ago(case.opened_at, language, now)
        owner = str(case.owner) if case.owner else _("nobody yet")
        reason = " · ".join(part for part in (str(case.order or ""), reasons[case.pk], since, owner) if part)
        url = reverse("cases:case", args=[case.pk])
        tone = "bad" if case.severity >= 4 else "warn"  # noqa: PLR2004 - of five
        yield Need(who_of(case), reason, url, _("Open"), icon_of(case), tone, case.rank, case.order_id)


def _promised(store: Store, now: datetime) -> Iterator[Need]:
    """What one of us said in person or owes to somebody who wrote, due by tomorrow, or already."""
    said = Promise.objects.filter(store=store).in_person().filter(due_at__lte=now + timedelta(days=1))
    shown = list(said.select_related("order", "customer", "owner").order_by("due_at")[:MOST])
    about = Case.objects.filter(store=store).open().filter(order__in=[one.order_id for one in shown])
    cases = dict(about.values_list("order_id", "pk")) if shown else {}
    for promise in shown:
        who = str(promise.customer or promise.order or promise.owner or _("Somebody"))
        asked = f"“{Truncator(promise.evidence).chars(ASKED)}” · " if promise.said_in == "standard" else ""
        reason = (
            f"{asked if promise.evidence else ''}{wording.said(promise)} · {wording.due_words(promise, now)}"
        )
        where = _page_of(promise, cases)
        weight = PROMISE * how_soon(promise.due_at, now)
        tone = "bad" if promise.due_at < now else "warn"
        yield Need(who, reason, where, _("Do it"), promise.about.icon, tone, weight, promise.order_id)


def _page_of(promise: Promise, cases: Mapping[int, int]) -> str:
    """Return where to do it: in the case of its order, where one is open."""
    if promise.order_id and promise.order_id in cases:
        return reverse("cases:case", args=[cases[promise.order_id]])
    if promise.order_id:
        return reverse("office:order", args=[promise.order_id])
    return (
        reverse("office:customer", args=[promise.customer_id])
        if promise.customer_id
        else reverse("promises:board")
    )


def _parcels(store: Store, now: datetime) -> Iterator[Need]:
    """Parcels that went wrong without a case: whoever is at the door, and whose carrier nobody knows."""
    ours = Parcel.objects.filter(store=store).select_related("order__customer", "tracker")
    recent = ours.in_trouble().filter(state_at__gte=now - FORGOTTEN_AFTER).exclude(state="delayed")
    for parcel in recent.order_by("-state_at")[:MOST]:
        how = standing.of_parcel(parcel)
        reason = " · ".join(part for part in (str(how.label), parcel.place) if part)
        yield _about(parcel.order, reason, how.icon, how.tone, PARCEL)
    for parcel in ours.late().order_by("late_since")[:MOST]:
        days = max(1, (now - parcel.late_since).days) if parcel.late_since else 1
        reason = ngettext("%(n)d day late.", "%(n)d days late.", days) % {"n": days}
        cause = str(standing.CAUSES.get(parcel.delay_cause, ""))
        yield _about(parcel.order, f"{reason} {cause}".strip(), "clock", "warn", PARCEL)
    for parcel in ours.unsure()[:MOST]:
        number = parcel.tracker.key if parcel.tracker else ""
        reason = _("Which carrier has %(number)s?") % {"number": number}
        yield _about(parcel.order, reason, "circle-question-mark", "info", UNSURE)


def _overdue(store: Store, now: datetime) -> Iterator[Need]:
    """Orders whose promised days are over while they still stand in the shop."""
    today = now.astimezone(store.zone).date()
    broken = FirstPromise.objects.overdue(store=store, today=today).select_related("order__customer")
    for promise in broken.order_by("last")[:MOST]:
        days = (today - promise.last).days
        reason = ngettext(
            "Promised until yesterday, not sent yet.", "Promised until %(n)d days ago, not sent yet.", days
        )
        yield _about(promise.order, reason % {"n": days}, "package-x", "bad", OVERDUE)


def _about(order: Order, reason: str, icon: str, tone: str, weight: float) -> Need:
    who = order.shipping_address.get("name") or str(order.customer or "") or str(order)
    url = reverse("office:order", args=[order.pk])
    return Need(who, f"{order} · {reason}", url, _("Look"), icon, tone, weight, order.pk)


def _failed_deliveries(store: Store) -> Iterable[Need]:
    rows = (
        Delivery.objects.failed_of(store).values("connection", "connection__source").annotate(n=Count("pk"))
    )
    return [
        Need(
            row["connection__source"],
            ngettext("%(n)d delivery could not be read.", "%(n)d deliveries could not be read.", row["n"])
            % {"n": row["n"]},
            f"{reverse('office:inbound')}?outcome=failed&connection={row['connection']}",
            _("See why"),
            "inbox",
            "bad",
            FAILED,
        )
        for row in rows
    ]


def _failed_messages(store: Store, now: datetime) -> Iterator[Need]:
    recent = Message.objects.filter(store=store, failed_at__gte=now - timedelta(days=7)).count()
    if recent:
        reason = ngettext("%(n)d message failed this week.", "%(n)d messages failed this week.", recent) % {
            "n": recent
        }
        url = f"{reverse('office:messages')}?state=failed"
        yield Need(_("Messages"), reason, url, _("See why"), "mail-x", "bad", FAILED)


def _silent_connections(store: Store, now: datetime) -> Iterator[Need]:
    for connection in store.connections.open().order_by("pk"):
        how = silence(connection.created_at, connection.last_heard_at, posts=posts(connection), now=now)
        if how is not Silence.NONE:
            reason = _("Never heard from.") if how is Silence.NEVER else _("Silent for longer than usual.")
            url = reverse("office:connection", args=[connection.pk])
            weight = SILENT if how is Silence.NEVER else DEAF
            yield Need(connection.source, reason, url, _("What to do"), "plug-zap", "warn", weight)
