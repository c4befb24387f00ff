"""It is back: what came, and in what state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.returns.actions.amounts import count_again, end_of_working_day
from passaparola.returns.actions.errors import CannotError
from passaparola.returns.actions.steps import TEAM, check, locked, take
from passaparola.returns.models import Return
from passaparola.returns.rules.states import State
from passaparola.stores.models import Member

GRADES = ("as_new", "opened", "used", "damaged", "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What somebody found of one item."""

    accepted: int
    """Pieces for which the customer gets what was agreed."""
    grade: str = "as_new"
    note: str = ""


@transaction.atomic
def receive(filed: Return, *, by: Member | None, now: datetime) -> Return:
    """Say that it is here: the time in which we promised the money begins."""
    filed = locked(filed)
    check(filed, State.RECEIVED)
    filed.parcels.filter(arrived_at=None).update(arrived_at=now)
    filed.check_at = None
    promised = end_of_working_day(filed, now, filed.refund_days)
    # A withdrawal's fourteen days began with the statement; coming early makes them no longer.
    filed.refund_by = min(filed.refund_by, promised) if filed.refund_by else promised
    take(filed, State.RECEIVED, now=now, who=TEAM, by=by)
    return filed


@transaction.atomic
def inspect(
    filed: Return, *, by: Member | None, found: Mapping[int, Found], now: datetime, words: str = ""
) -> Return:
    """Keep what was found of each item (by its id), and count again what goes back.

    Whatever is not as agreed needs a word: the customer reads it. With nothing accepted the return ends here.
    """
    filed = locked(filed)
    check(filed, State.INSPECTED)
    items = list(filed.items.all())
    for item in items:
        seen = found.get(item.pk)
        if seen is None or seen.grade not in GRADES:
            raise CannotError(_("Say of every piece how it came back."))
        item.received = 0 if seen.grade == "missing" else item.counts
        item.accepted = max(0, min(item.counts, seen.accepted))
        item.grade, item.grade_note = seen.grade, seen.note.strip()[:500]
    is_less = any((item.accepted or 0) < (item.approved or item.quantity) for item in items)
    if is_less and not words.strip():
        raise CannotError(_("Not everything is accepted: write why, the customer reads it."))
    for item in items:
        item.save(update_fields=["received", "accepted", "grade", "grade_note"])
    count_again(filed, now=now)
    take(filed, State.INSPECTED, now=now, who=TEAM, by=by, words=words.strip()[:2000])
    if not any(item.accepted for item in items):
        take(filed, State.CLOSED, now=now, who=TEAM, by=by)
    return filed
