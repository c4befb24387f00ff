"""The verbs of inbound: connecting a system, keeping a delivery, reading what waits, reading again."""

import logging
from collections.abc import Sequence
from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from passaparola.inbound.handlers import ROLES, Read
from passaparola.inbound.models import Connection, Delivery, Outcome
from passaparola.kernel.database import bulk
from passaparola.kernel.database.halves import is_no_rows_fault
from passaparola.stores.models import Store

log = logging.getLogger(__name__)
BATCH = 500
OUR_FAULT = "We could not record this: the fault is ours. It is kept and can be read again after an update."


@transaction.atomic
def connect(store: Store, *, role: str, kind: str, secret: str = "", settings: str = "") -> Connection:
    """Open an address for one outside system. Raises UnknownKindError for a kind we don't have."""
    source_kind = ROLES[role].kinds[kind]
    store = Store.objects.select_for_update().get(pk=store.pk)
    count = Connection.objects.filter(store=store, role=role, kind=kind).count()
    return Connection.objects.create(
        store=store,
        role=role,
        kind=kind,
        source=kind if not count else f"{kind}-{count + 1}",
        token=token_urlsafe(18),
        secret=secret or source_kind.new_secret() or "",
        settings=settings,
    )


def read_waiting(*, now: datetime, limit: int = BATCH) -> int:
    """Claim up to `limit` waiting deliveries, record them in one transaction, and return how many.

    Any number of workers may do this at once: each claims other rows.
    """
    with transaction.atomic():
        claimed = list(
            Delivery.objects.filter(read_at=None)
            .order_by("pk")
            .select_related("connection")
            .select_for_update(skip_locked=True, of=("self",))[:limit]
        )
        # Always the same role first: two workers lock orders before trackers, not one each.
        for role in sorted({delivery.connection.role for delivery in claimed}, reverse=True):
            batch = [delivery for delivery in claimed if delivery.connection.role == role]
            _keep_outcomes(batch, _read(role, batch, now), now)
        return len(claimed)


def read_again(deliveries: Sequence[int], *, now: datetime) -> int:
    """Put deliveries back into the queue, say after a fix: nothing is done twice, since facts are facts."""
    del now
    return Delivery.objects.filter(pk__in=deliveries).update(read_at=None, outcome="", reason="")


def _read(role: str, batch: Sequence[Delivery], now: datetime) -> list[Read]:
    """Record a batch; if it fails as a whole, find the culprit by halves and keep the rest going."""
    try:
        with transaction.atomic():
            return ROLES[role].record(batch, now)
    except Exception as error:
        if is_no_rows_fault(error):
            raise  # the whole batch is tried again later: nobody should have to ask for that
        failure = error
    if len(batch) > 1:
        middle = len(batch) // 2
        return _read(role, batch[:middle], now) + _read(role, batch[middle:], now)
    log.error("Delivery %s could not be recorded.", batch[0].pk, exc_info=failure)
    return [Read(Outcome.FAILED, OUR_FAULT)]


def _keep_outcomes(batch: Sequence[Delivery], outcomes: Sequence[Read], now: datetime) -> None:
    rows = [
        {"id": delivery.pk, "outcome": read.outcome.value, "reason": read.reason, "read_at": now}
        for delivery, read in zip(batch, outcomes, strict=True)
    ]
    bulk.update(
        Delivery,
        rows,
        key=["id"],
        set_=[
            "outcome = v.outcome",
            "reason = v.reason",
            "read_at = v.read_at",
            "attempts = least(old.attempts + 1, 1000)",
        ],
    )
    heard: dict[int, datetime] = {}
    for delivery in batch:
        heard[delivery.connection_id] = max(
            delivery.received_at, heard.get(delivery.connection_id, delivery.received_at)
        )
    rows = [{"id": pk, "last_heard_at": at} for pk, at in heard.items()]
    bulk.update(
        Connection, rows, key=["id"], set_=["last_heard_at = greatest(old.last_heard_at, v.last_heard_at)"]
    )


def rotate_secret(connection: Connection, *, secret: str = "") -> str:
    """Take a new secret from now on, the sender's or a fresh one of ours, and return it: it is shown once.

    Deliveries signed with the old one are refused within ten seconds, so the sender has to be told at once.
    """
    source_kind = ROLES[connection.role].kinds[connection.kind]
    new = secret or source_kind.new_secret() or ""
    connection.secret = new
    connection.save(update_fields=["secret"])
    return new


def configure(connection: Connection, *, settings: str) -> None:
    """Keep what the kind asks for (contract, depot), as JSON."""
    # Asked with other settings, a carrier that sent us away may well answer.
    connection.settings, connection.paused_until = settings, None
    connection.save(update_fields=["settings", "paused_until"])


def close(connection: Connection, *, now: datetime) -> None:
    """Take nothing more at this address; what came through it stays."""
    connection.closed_at = now
    connection.save(update_fields=["closed_at"])
