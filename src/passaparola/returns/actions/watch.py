"""What happens to returns by themselves: reminders, ends, and the news of parcels on their way back."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from passaparola.kernel.database.halves import by_halves
from passaparola.returns.actions.decide import REMIND_BEFORE
from passaparola.returns.actions.give_up import expire
from passaparola.returns.actions.steps import CARRIER, locked, may, take
from passaparola.returns.models import BackParcel, Draft, Return
from passaparola.returns.models.filed import OVER
from passaparola.returns.rules.states import WITH_THE_CUSTOMER, State
from passaparola.returns.telling import remind
from passaparola.tracking.carrier import ScanState
from passaparola.tracking.models import Scan

log = logging.getLogger(__name__)
STUMBLED_PAUSE = timedelta(hours=1)
BEFORE = timedelta(days=1)
"""A step so much older than the parcel belongs to another one with the same number."""
FORGOTTEN = timedelta(days=90)
"""So long a parcel is listened to; what has not arrived by then is asked for by people."""
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
    """Look at the returns whose time has come, or of whose parcels there is news; return how many there were.

    None is locked before its order is (`locked`): who comes second finds it looked at already.
    """
    with transaction.atomic():
        due = (
            Return.objects.filter(check_at__lte=now).order_by("check_at").values_list("pk", flat=True)[:limit]
        )
        found = list(dict.fromkeys([*due, *_with_news(now)[:limit]]))
        by_halves(found, lambda part: _look(part, now), give_up=lambda pk, error: _look_later(pk, error, now))
        Draft.objects.forgotten(now=now).delete()
    return len(found)


def _with_news(now: datetime) -> QuerySet[BackParcel, int]:
    """The returns of whose parcels a carrier said more than we kept; a label's number counts, posted or not."""
    to_us = Q(filed__in=Return.objects.exclude(OVER).filter(received_at=None))
    under_way = BackParcel.objects.filter(
        to_us | Q(is_to_customer=True),
        tracker__isnull=False,
        arrived_at=None,
        made_at__gte=now - FORGOTTEN,
    )
    return (
        under_way.filter(
            Q(travelling_at=None, tracker__scans__state__in=_MOVING)
            | Q(tracker__scans__state=ScanState.DELIVERED),
            tracker__scans__at__gte=F("made_at") - BEFORE,
        )
        .order_by("filed")
        .values_list("filed", flat=True)
        .distinct()
    )


def _look_later(pk: int, error: Exception, now: datetime) -> None:
    log.error("Return %s could not be looked at.", pk, exc_info=error)
    Return.objects.filter(pk=pk).update(check_at=now + STUMBLED_PAUSE)


def _look(ids: Sequence[int], now: datetime) -> None:
    for filed in Return.objects.filter(pk__in=ids).select_related("order").order_by("order_id", "pk"):
        look(locked(filed), now=now)


def look(filed: Return, *, now: datetime) -> None:
    """Do what is due for one locked return, and say when to look again."""
    _follow(filed)
    filed.check_at = _hurry(filed, now) if filed.state in WITH_THE_CUSTOMER else None
    filed.save(update_fields=["check_at"])


def _follow(filed: Return) -> None:
    parcels = list(filed.parcels.filter(tracker__isnull=False))
    for parcel in parcels:
        _hear(parcel)
    to_us = [parcel.travelling_at for parcel in parcels if not parcel.is_to_customer]
    moving = min(filter(None, to_us), default=None)
    if moving and filed.travelling_at is None and may(filed, State.TRAVELLING):
        take(filed, State.TRAVELLING, now=moving, who=CARRIER)


def _hurry(filed: Return, now: datetime) -> datetime | None:
    """Remind whoever has not sent it yet, or end it; return when to look again."""
    if filed.send_by is None or filed.is_withdrawal:
        return None  # what was withdrawn from stays so, however late it comes
    if now >= filed.send_by:
        expire(filed, now=now)
        return None
    if now < filed.send_by - REMIND_BEFORE:
        return filed.send_by - REMIND_BEFORE
    remind(filed, now=now)
    return filed.send_by


def _hear(parcel: BackParcel) -> None:
    """Keep since when a carrier has the parcel, and when it brought it; what the team saw itself stays."""
    scans = Scan.objects.filter(tracker=parcel.tracker_id, at__gte=parcel.made_at - BEFORE).order_by("at")
    steps = list(scans.values_list("state", "at"))
    parcel.travelling_at = next((at for state, at in steps if state in _MOVING), None)
    parcel.arrived_at = parcel.arrived_at or next(
        (at for state, at in steps if state == ScanState.DELIVERED), None
    )
    parcel.save(update_fields=["travelling_at", "arrived_at"])
