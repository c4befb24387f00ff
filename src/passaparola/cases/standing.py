"""How a case stands for whoever chooses a remedy: what was tried, what is left of the month's budget."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum

from passaparola.cases.models import Case, Remedy, RemedyBudget
from passaparola.cases.rules.ladder import Standing
from passaparola.stores.models import Store

BUDGETED = ("gift", "coupon", "shipping")


class Budget(NamedTuple):
    monthly: Decimal
    spent: Decimal
    agent_limit: Decimal

    @property
    def left(self) -> Decimal:
        return max(self.monthly - self.spent, Decimal(0))


def budget_of(store: Store, *, now: datetime) -> Budget:
    """Return this month's budget, the month as it is in the shop."""
    here = now.astimezone(store.zone)
    month = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    given = Remedy.objects.filter(store=store, granted_at__gte=month, kind__in=BUDGETED)
    spent = given.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    budget = RemedyBudget.objects.filter(store=store).first() or RemedyBudget(store=store)
    return Budget(budget.monthly, spent, budget.agent_limit)


def standing_of(case: Case, *, is_owner: bool, now: datetime) -> Standing:
    budget = budget_of(case.store, now=now)
    given = list(Remedy.objects.filter(case__in=_same_story(case)).values_list("kind", "case_id"))
    return Standing(
        causes=frozenset(case.troubles.values_list("kind", flat=True)),
        severity=case.severity,
        value=case.value,
        shipping=case.order.shipping if case.order else Decimal(0),
        tried=frozenset(kind for kind, of in given if of == case.pk),
        is_apologised="apologise" in {kind for kind, _ in given},
        is_owner=is_owner,
        agent_limit=budget.agent_limit,
        budget_left=budget.left,
    )


def _same_story(case: Case) -> "Collection[int]":
    """Return the cases of the same order: an apology counts for all of them."""
    if not case.order_id:
        return [case.pk]
    return list(Case.objects.filter(order=case.order_id).values_list("pk", flat=True))


def has_been_apologised_to(order: int) -> bool:
    """Tell whether somebody has said sorry about this order already, in a case or in a letter."""
    return Remedy.objects.filter(case__order=order, kind="apologise").exists()
