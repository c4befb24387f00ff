"""How much each case matters now: derived from its open troubles and the promises that press."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction

from passaparola.cases.models import Case, Trouble
from passaparola.cases.rules.rank import due_of, rank
from passaparola.kernel.database import bulk

EVERY = timedelta(minutes=15)
"""How often ranks are made anew: nothing but time changes them without news."""


def rank_again(cases: Collection[int], *, now: datetime) -> None:
    """Derive severity, cause, value, due time and rank of these cases from their rows."""
    if not cases:
        return
    troubles: dict[int, list[Trouble]] = {}
    for trouble in Trouble.objects.filter(case__in=cases).order_by("opened_at", "pk"):
        troubles.setdefault(trouble.case_id or 0, []).append(trouble)
    looked = dict(Case.objects.filter(pk__in=troubles).values_list("pk", "looked_at"))
    rows = []
    for pk, own in troubles.items():
        # A case whose troubles are all over keeps the looks of its last ones until somebody closes it.
        standing = [one for one in own if one.settled_at is None] or own
        # What is broken names the case, not that it had been in danger before.
        worst = max(standing, key=lambda one: (one.severity, one.kind != "endangered_promise"))
        looked_at = looked[pk]
        due_at = due_of(((one.opened_at, one.about.within) for one in standing), looked_at)
        value = max(one.value for one in standing)
        is_over = all(one.settled_at for one in own)
        in_hand = looked_at is not None and all(one.opened_at <= looked_at for one in standing)
        weight = rank(severity=worst.severity, value=value, due_at=due_at, now=now, is_in_hand=in_hand)
        rows.append(
            {
                "id": pk,
                "severity": worst.severity,
                "cause": worst.kind,
                "value": value,
                "due_at": due_at,
                "rank": 0.5 if is_over else weight,
                "ranked_at": now,
            }
        )
    bulk.update(
        Case,
        rows,
        key=["id"],
        set_=[f"{name} = v.{name}" for name in ("severity", "cause", "value", "due_at", "rank", "ranked_at")],
    )


def rank_due(*, now: datetime, limit: int = 500) -> int:
    """Rank open cases anew whose rank is old; return how many there were."""
    with transaction.atomic(), connection.cursor():
        old = Case.objects.open().filter(ranked_at__lt=now - EVERY).order_by("ranked_at")
        ids = list(old.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:limit])
        rank_again(ids, now=now)
    return len(ids)
