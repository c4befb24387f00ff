"""What happens to returns by themselves: reminders, ends, and the news of parcels on their way back."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from passaparola.kernel.database.halves import by_halves
from passaparola.returns.actions.give_up import expire
from passaparola.returns.actions.send import LOOK_EVERY
from passaparola.returns.actions.steps import CARRIER, locked, may, take
from passaparola.returns.models import BackParcel, Draft, Return
from passaparola.returns.rules.states import WITH_THE_CUSTOMER, State
from passaparola.returns.telling import remind
from passaparola.tracking.carrier import ScanState
from passaparola.tracking.models import Scan

log = logging.getLogger(__name__)
STUMBLED_PAUSE = timedelta(hours=1)
BEFORE = timedelta(days=1)
"""A step so much older than the parcel belongs to another one with the same number."""
_MOVING = frozenset(
    {
        ScanState.PICKED_UP,
        ScanState.IN_TRANSIT,
        ScanState.OUT_FOR_DELIVERY,
        ScanState.READY_FOR_PICKUP,
        ScanState.ATTEMPTED,
        ScanState.DELIVERED,
    }
)


def check_due(*, now: datetime, limit: int = 200) -> int:
    """Look at the returns whose time has come; return how many there were."""
    with transaction.atomic():
        due = list(
            Return.objects.filter(check_at__lte=now)
            .order_by("check_at")
            .select_for_update(skip_locked=True)
            .values_list("pk", flat=True)[:limit]
        )
        by_halves(due, lambda part: _look(part, now), give_up=lambda pk, error: _look_later(pk, error, now))
        Draft.objects.forgotten(now=now).delete()
    return len(due)


def _look_later(pk: int, error: Exception, now: datetime) -> None:
    log.error("Return %s could not be looked at.", pk, exc_info=error)
    Return.objects.filter(pk=pk).update(check_at=now + STUMBLED_PAUSE)


def _look(ids: Sequence[int], now: datetime) -> None:
    for filed in Return.objects.filter(pk__in=ids).select_related("order").order_by("order_id", "pk"):
        look(locked(filed), now=now)


def look(filed: Return, *, now: datetime) -> None:
    """Do what is due for one locked return, and say when to look again."""
    if filed.is_over or filed.is_settled:
        filed.check_at = None
        filed.save(update_fields=["check_at"])
    elif filed.state in WITH_THE_CUSTOMER:
        _hurry(filed, now)
    else:
        _follow(filed, now)


def _hurry(filed: Return, now: datetime) -> None:
    if (
        filed.send_by is None or filed.is_withdrawal
    ):  # what was withdrawn from stays so, however late it comes
        filed.check_at = None
    elif now >= filed.send_by:
        expire(filed, now=now)
        return
    else:
        remind(filed, now=now)
        filed.check_at = filed.send_by
    filed.save(update_fields=["check_at"])


def _follow(filed: Return, now: datetime) -> None:
    parcels = list(filed.parcels.filter(tracker__isnull=False))
    for parcel in parcels:
        _hear(parcel)
    moving = min((parcel.travelling_at for parcel in parcels if parcel.travelling_at), default=None)
    waits = any(parcel.arrived_at is None for parcel in parcels) and filed.received_at is None
    filed.check_at = now + LOOK_EVERY if waits else None
    if moving and filed.travelling_at is None and may(filed, State.TRAVELLING):
        take(filed, State.TRAVELLING, now=moving, who=CARRIER)
    else:
        filed.save(update_fields=["check_at"])


def _hear(parcel: BackParcel) -> None:
    """Keep since when a carrier has the parcel, and when it brought it."""
    scans = Scan.objects.filter(tracker=parcel.tracker_id, at__gte=parcel.made_at - BEFORE).order_by("at")
    steps = list(scans.values_list("state", "at"))
    parcel.travelling_at = next((at for state, at in steps if state in _MOVING), None)
    parcel.arrived_at = next((at for state, at in steps if state == ScanState.DELIVERED), None)
    parcel.save(update_fields=["travelling_at", "arrived_at"])
