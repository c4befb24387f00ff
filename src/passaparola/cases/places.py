"""The way to the cases from the menu, and what other pages show of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from passaparola.cases.listing import Row, row_of
from passaparola.cases.models import Case, CaseQuerySet
from passaparola.customers.models import Customer
from passaparola.kernel.ui.menu import Entry
from passaparola.kernel.ui.panels import Panel
from passaparola.promises.aftermath import Question
from passaparola.stores.models import Store

MOST_SHOWN = 5


def _open(store: Store, now: datetime) -> tuple[CaseQuerySet]:
    del now
    return (Case.objects.filter(store=store).open(),)


def _of_order(store: Store, pk: int, now: datetime) -> Mapping[str, Any] | None:
    return _rows(Case.objects.filter(store=store, order=pk), now)


def _of_customer(store: Store, customer: Customer, now: datetime) -> Mapping[str, Any] | None:
    return _rows(Case.objects.filter(store=store, customer=customer), now)


def _rows(found: CaseQuerySet, now: datetime) -> Mapping[str, Any] | None:
    related = found.select_related("order", "customer", "owner", "store")
    rows: list[Row] = [
        row_of(case, now) for case in related.order_by("-closed_at", "-opened_at")[:MOST_SHOWN]
    ]
    return {"rows": sorted(rows, key=lambda row: row.case.closed_at is not None)} if rows else None


ENTRY = Entry(
    group="care", address="cases:cases", label=_("Cases"), icon="life-buoy", key="k", rank=30, badge=_open
)
PANELS = (
    Panel(place="order", template="cases/panel.html", load=_of_order, column="aside", rank=10),
    Panel(place="customer", template="cases/panel.html", load=_of_customer, column="aside", rank=10),
)
AFTER = Question(
    _("Complained, or scored us low"),
    # Looked up once for all: asked for each order, a year of a large shop takes minutes.
    """f.order_id IN (SELECT order_id FROM cases_trouble
        WHERE store_id = %(store)s AND kind IN ('complaint', 'low_score', 'bad_review'))""",
)
