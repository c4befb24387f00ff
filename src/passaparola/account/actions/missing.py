"""Delivered, and not there: they look once more, then the team is told."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.account.actions.errors import NotPossibleError
from passaparola.account.events import MissingParcelFound, ParcelMissed
from passaparola.account.models import Missing
from passaparola.account.rules.missing import wait_until
from passaparola.cases.actions import Trouble, report, settle
from passaparola.kernel.events import Event, emit
from passaparola.orders.actions import touch
from passaparola.tracking.models import Parcel

BATCH = 50
SEVERITY = 4


@transaction.atomic
def say_missing(parcel: Parcel, *, note: str = "", is_urgent: bool = False, now: datetime) -> Missing:
    """Note that the customer does not have it, and until when they look; at once to the team where it is urgent.

    Urgent is what looking cannot mend: it was signed for by somebody they don't know.
    Raises NotPossibleError for a parcel that nobody calls delivered.
    """
    if parcel.delivered_at is None:
        raise NotPossibleError(_("This parcel is still on its way."))
    order = parcel.order
    until = (
        now
        if is_urgent
        else wait_until(parcel.delivered_at, total=order.total, now=now.astimezone(order.store.zone))
    )
    made, is_new = Missing.objects.get_or_create(
        parcel=parcel,
        defaults={
            "store": parcel.store,
            "order": order,
            "note": note[:500],
            "said_at": now,
            "wait_until": until,
        },
    )
    if is_new:
        emit([_event(ParcelMissed, made, now)], now=now)
        touch([order.pk])
    if is_urgent:
        _tell_team([made], now)
    return made


@transaction.atomic
def say_found(missing: Missing, *, now: datetime) -> None:
    """It was there after all: the team need not look any more."""
    if not Missing.objects.filter(pk=missing.pk, found_at=None).update(found_at=now):
        return
    settle([(missing.store_id, _key(missing))], now=now)
    emit([_event(MissingParcelFound, missing, now)], now=now)
    touch([missing.order_id])


@transaction.atomic
def tell_team(missing: Missing, *, now: datetime) -> None:
    """The time is over, or they have looked everywhere: now it is ours to find."""
    open_ = Missing.objects.select_for_update().open().filter(pk=missing.pk)
    _tell_team(list(open_), now)


@transaction.atomic
def tell_overdue(now: datetime) -> int:
    """Tell the team of all that were looked for in vain; a loop of the workers."""
    due = Missing.objects.select_for_update(skip_locked=True).due(now=now).order_by("wait_until")[:BATCH]
    return _tell_team(list(due), now)


def _tell_team(found: list[Missing], now: datetime) -> int:
    told = [
        Trouble(
            store_id=one.store_id,
            key=_key(one),
            kind="lost_parcel",
            order_id=one.order_id,
            customer_id=one.order.customer_id,
            severity=SEVERITY,
            data={"parcel": one.parcel_id, "said": one.note, "since": one.said_at.isoformat()},
            value=one.order.total,
            happened_at=now,
        )
        for one in found
    ]
    if told:
        report(told, now=now)
        Missing.objects.filter(pk__in=[one.pk for one in found]).update(told_at=now)
        touch({one.order_id for one in found})
    return len(found)


def _key(missing: Missing) -> str:
    return f"missing:{missing.parcel_id}"


def _event(kind: type[ParcelMissed | MissingParcelFound], missing: Missing, now: datetime) -> Event:
    return kind(
        store_id=missing.store_id,
        happened_at=now,
        key=f"missing:{missing.parcel_id}:{kind.__name__}",
        customer_id=missing.order.customer_id,
        order_id=missing.order_id,
        subject_id=missing.parcel_id,
    )
