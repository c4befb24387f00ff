"""What the team does with what it was asked."""

from datetime import datetime

from passaparola.journeys.models import ToDo
from passaparola.stores.models import Member


def finish(todo: ToDo, *, by: Member, note: str = "", now: datetime) -> None:
    """It is done. A note says how it went. Doing it twice changes nothing."""
    ToDo.objects.filter(pk=todo.pk, done_at=None).update(done_at=now, done_by=by, note=note.strip()[:1000])


def assign(todo: ToDo, *, to: Member | None) -> None:
    """Say who does it; nobody in particular without one."""
    ToDo.objects.filter(pk=todo.pk).update(assignee=to)
