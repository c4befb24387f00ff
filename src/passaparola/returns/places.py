"""Where returns stand in the office: in the menu, and on the pages of orders and customers."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passaparola.cases.evidence import Photo as Evidence
from passaparola.cases.models import Case
from passaparola.customers.models import Customer
from passaparola.kernel.ui import formats
from passaparola.kernel.ui.menu import Entry
from passaparola.kernel.ui.panels import Panel
from passaparola.promises.aftermath import Question
from passaparola.returns import desk
from passaparola.returns.models import Photo, Return
from passaparola.stores.models import Store

PLACES = (
    Entry(
        group="care",
        address="returns:desk",
        label=_("Returns"),
        icon="undo-2",
        key="r",
        rank=30,
        badge=desk.waiting,
    ),
)


def _of_order(store: Store, order: int, now: datetime) -> Mapping[str, Any] | None:
    return _shown(Return.objects.filter(store=store, order=order), now)


def _of_customer(store: Store, customer: Customer, now: datetime) -> Mapping[str, Any] | None:
    return _shown(Return.objects.filter(store=store, customer__in=customer.all_ids()), now)


def _shown(found: Any, now: datetime) -> Mapping[str, Any] | None:
    rows = [desk.row_of(filed, now) for filed in found.for_list().order_by("-requested_at")[:6]]
    return {"returns_shown": rows} if rows else None


PANELS = (
    Panel(place="order", template="returns/panel.html", load=_of_order, column="aside", rank=20),
    Panel(place="customer", template="returns/panel.html", load=_of_customer, column="aside", rank=30),
)
AFTER = Question(
    _("Asked to return something"),
    "f.order_id IN (SELECT order_id FROM returns_return WHERE store_id = %(store)s AND cancelled_at IS NULL)",
)


def photos_of(case: Case) -> Iterator[Evidence]:
    """Yield what the customer photographed of this order's things, for the carrier."""
    taken = Photo.objects.filter(filed__order=case.order_id) if case.order_id else Photo.objects.none()
    for photo in taken.select_related("filed", "line").order_by("taken_at", "pk"):
        when = formats.day(photo.taken_at, get_language() or "en", case.store.zone, photo.taken_at)
        number = photo.filed.number if photo.filed else ""
        yield Evidence(bytes(photo.content), " · ".join(filter(None, (photo.line.title, when, number))))
