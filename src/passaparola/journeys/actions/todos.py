"""What the team does with what it was asked."""

from datetime import datetime

from django.db import transaction

from passaparola.journeys.events import ToDoDone
from passaparola.journeys.models import ToDo
from passaparola.kernel.events import emit
from passaparola.stores.models import Member


@transaction.atomic
def finish(todo: ToDo, *, by: Member, note: str = "", now: datetime) -> None:
    """It is done. A note says how it went. Doing it twice changes nothing."""
    note = note.strip()[:1000]
    open_ = ToDo.objects.filter(pk=todo.pk, done_at=None)
    if open_.update(done_at=now, done_by=by, note=note):
        told = ToDoDone(
            store_id=todo.store_id,
            happened_at=now,
            key=f"todo:{todo.pk}:done",
            customer_id=todo.customer_id,
            order_id=todo.order_id,
            subject_id=todo.pk,
            task=todo.task,
            note=note,
        )
        emit([told], now=now)


def assign(todo: ToDo, *, to: Member | None) -> None:
    """Say who does it; nobody in particular without one."""
    ToDo.objects.filter(pk=todo.pk).update(assignee=to)
