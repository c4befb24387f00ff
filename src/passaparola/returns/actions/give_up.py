"""When it does not come back after all."""

from datetime import datetime

from django.db import transaction

from passaparola.returns.actions.steps import CLOCK, CUSTOMER, TEAM, check, locked, not_being_given, take
from passaparola.returns.models import Return
from passaparola.returns.rules.states import State
from passaparola.stores.models import Member


@transaction.atomic
def cancel(filed: Return, *, now: datetime, by: Member | None = None) -> Return:
    """Its customer (or the team, asked by them) keeps it: possible until it is sent."""
    filed = locked(filed)
    check(filed, State.CANCELLED)
    not_being_given(filed)
    filed.check_at = None
    take(filed, State.CANCELLED, now=now, who=TEAM if by else CUSTOMER, by=by)
    return filed


def expire(filed: Return, *, now: datetime) -> None:
    """End a locked return of which nothing was sent in time."""
    check(filed, State.EXPIRED)
    filed.check_at = None
    take(filed, State.EXPIRED, now=now, who=CLOCK)
