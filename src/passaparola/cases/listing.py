"""The list of cases, and what they cost and brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Sum

from passaparola.cases.models import Case, CaseQuerySet, Claim
from passaparola.cases.standing import Budget, budget_of
from passaparola.cases.story import icon_of, title_of, who_of
from passaparola.stores.models import Member, Store
from passaparola.tracking import known_carriers

MOST = 50
RECOVERED_DAYS = 365


@dataclass(frozen=True)
class Row:
    case: Case
    who: str
    title: str
    icon: str
    is_overdue: bool

    @property
    def tone(self) -> str:
        if self.case.closed_at:
            return "good"
        return "bad" if self.case.severity >= 4 or self.is_overdue else "warn"  # noqa: PLR2004 - of five


@dataclass(frozen=True)
class Recovered:
    carrier: str
    claims: int
    asked: Decimal
    back: Decimal


@dataclass(frozen=True)
class Found:
    rows: Sequence[Row]
    counts: dict[str, int]
    budget: Budget
    recovered: Sequence[Recovered]


def cases(store: Store, *, show: str, member: Member, now: datetime) -> Found:
    """Return the cases to show: those open, mine, nobody's, or closed lately."""
    ours = Case.objects.filter(store=store)
    open_ = ours.open()
    counts = {
        "": open_.count(),
        "mine": open_.filter(owner=member).count(),
        "free": open_.filter(owner=None).count(),
    }
    rows = _shown(ours, show, member).select_related("order", "customer", "owner", "store")[:MOST]
    return Found(
        rows=[row_of(case, now) for case in rows],
        counts=counts,
        budget=budget_of(store, now=now),
        recovered=_recovered(store, now),
    )


def _shown(ours: CaseQuerySet, show: str, member: Member) -> CaseQuerySet:
    if show == "closed":
        return ours.filter(closed_at__isnull=False).order_by("-closed_at")
    open_ = ours.open().worst_first()
    return {"mine": open_.filter(owner=member), "free": open_.filter(owner=None)}.get(show, open_)


def row_of(case: Case, now: datetime) -> Row:
    overdue = bool(case.due_at and case.due_at < now and not case.closed_at)
    return Row(case, who_of(case), title_of(case), icon_of(case), overdue)


def _recovered(store: Store, now: datetime) -> list[Recovered]:
    """Money asked of carriers and given back by them in the last year."""
    since = now - timedelta(days=RECOVERED_DAYS)
    rows = (
        Claim.objects.filter(store=store, asked_at__gte=since)
        .values("carrier")
        .annotate(n=Count("pk"), asked_sum=Sum("asked"), back=Sum("recovered"))
        .order_by("-back", "carrier")
    )
    return [
        Recovered(known_carriers.name_of(row["carrier"]), row["n"], row["asked_sum"], row["back"])
        for row in rows
    ]
