"""Yes, partly, or no."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.returns.actions.amounts import count_again, end_of_day, end_of_working_day
from passaparola.returns.actions.errors import CannotError
from passaparola.returns.actions.steps import TEAM, check, locked, take
from passaparola.returns.models import Return
from passaparola.returns.rules.states import State
from passaparola.stores.models import Member

REMIND_BEFORE = timedelta(days=3)
PREPARE_DAYS = 1
"""Working days in which the customer has what is needed to send it."""


@transaction.atomic
def approve(
    filed: Return,
    *,
    by: Member | None,
    now: datetime,
    pieces: Mapping[int, int] | None = None,
    words: str = "",
) -> Return:
    """Say yes; with `pieces` (by the item's id) to so many only. The money follows what was approved."""
    filed = locked(filed)
    check(filed, State.APPROVED)
    if pieces is not None:
        _approve_part(filed, pieces)
        count_again(filed, now=now)
    approved(filed, now=now, who=TEAM, by=by, words=words)
    return filed


def _approve_part(filed: Return, pieces: Mapping[int, int]) -> None:
    items = list(filed.items.all())
    for item in items:
        item.approved = max(0, min(item.quantity, pieces.get(item.pk, 0)))
        item.save(update_fields=["approved"])
    if not any(item.approved for item in items):
        raise CannotError(_("Nothing is left of it: refuse the return instead, and say why."))


def approved(
    filed: Return,
    *,
    now: datetime,
    who: str,
    by: Member | None = None,
    words: str = "",
) -> None:
    """Bring a locked return to its approval: from here on the customer has to send it, or we have to pay."""
    if filed.is_kept:
        filed.refund_by = filed.refund_by or end_of_working_day(filed, now, filed.refund_days)
    else:
        if filed.goes_by.needs_us:
            filed.prepare_by = end_of_working_day(filed, now, PREPARE_DAYS)
        filed.send_by = end_of_day(filed, now, filed.send_days)
        filed.check_at = None if filed.is_withdrawal else filed.send_by - REMIND_BEFORE
    take(filed, State.APPROVED, now=now, who=who, by=by, words=words)


@transaction.atomic
def refuse(filed: Return, *, by: Member | None, words: str, now: datetime) -> Return:
    """Say no, with the reason that the customer will read."""
    filed = locked(filed)
    check(filed, State.REFUSED)
    if not words.strip():
        raise CannotError(_("Write why: the customer reads it."))
    filed.refusal = words.strip()[:2000]
    take(filed, State.REFUSED, now=now, who=TEAM, by=by, words=filed.refusal)
    return filed
