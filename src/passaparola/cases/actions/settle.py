"""A trouble is over; and with the last of them, perhaps, its case."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.cases import models
from passaparola.cases.actions.rank import rank_again
from passaparola.cases.events import CaseClosed
from passaparola.kernel.database import bulk
from passaparola.kernel.events import emit
from passaparola.promises.models import Promise
from passaparola.stores.models import Member


class NotSettledError(Exception):
    """A case can't be closed yet; the sentence says what stands in the way."""


def settle(named: Iterable[tuple[int, str]], *, now: datetime) -> int:
    """Say that troubles (store, key) are over; return for how many that was new.

    A case whose last trouble is over closes by itself where nobody of the team has taken it on: a parcel
    that came after all needs nobody.
    """
    rows = [{"store_id": store, "key": key, "settled_at": now} for store, key in named]
    with transaction.atomic():
        done = bulk.update(
            models.Trouble,
            rows,
            key=["store_id", "key"],
            set_=["settled_at = v.settled_at"],
            where="old.settled_at IS NULL",
            returning=["old.case_id"],
        )
        cases = sorted({case for (case,) in done if case})
        close_settled(cases, now=now)
        rank_again(cases, now=now)
    return len(done)


def close_settled(cases: Collection[int], *, now: datetime) -> None:
    """Close those of these cases that are over and that nobody has taken on."""
    if not cases:
        return
    found = models.Case.objects.open().filter(pk__in=cases, owner=None).exclude(troubles__settled_at=None)
    for case in found.select_for_update(of=("self",)).order_by("pk"):
        if not in_the_way(case):
            _close(case, by=None, now=now)


def close(case: models.Case, *, by: Member, now: datetime) -> None:
    """Close a case by somebody's decision: its troubles are over with it.

    Raises NotSettledError while a promise of it stands: the customer still waits for something.
    """
    with transaction.atomic():
        held = models.Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if held.closed_at:
            return
        if standing := in_the_way(held):
            kinds = ", ".join(sorted({str(promise.about.label) for promise in standing}))
            raise NotSettledError(
                _("The customer still waits for something promised: %(kinds)s. Keep it or let it go first.")
                % {"kinds": kinds}
            )
        held.troubles.open().update(settled_at=now)
        _close(held, by=by, now=now)


def in_the_way(case: models.Case) -> list[Promise]:
    """Return the promises that keep a case open."""
    return list(case.promises().pressing().order_by("due_at"))


def _close(case: models.Case, *, by: Member | None, now: datetime) -> None:
    case.closed_at, case.closed_by = now, by
    case.save(update_fields=["closed_at", "closed_by"])
    emit([_closed(case, now)], now=now)


def _closed(case: models.Case, now: datetime) -> CaseClosed:
    given: Any = case.remedies.order_by("granted_at").values_list("kind", flat=True)
    return CaseClosed(
        store_id=case.store_id,
        happened_at=now,
        key=f"case:{case.pk}:closed",
        customer_id=case.customer_id,
        order_id=case.order_id,
        subject_id=case.pk,
        cause=case.cause,
        took_hours=int((now - case.opened_at).total_seconds() // 3600),
        remedies=list(given),
    )
