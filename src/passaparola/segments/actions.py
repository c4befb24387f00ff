"""The verbs of segments."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from passaparola.kernel.database import bulk
from passaparola.segments.models import Segment, Tag
from passaparola.segments.rules.condition import Condition, write
from passaparola.stores.models import Member, Store


class NameTakenError(ValueError):
    """The shop has a segment of that name already."""


def save(
    store: Store,
    *,
    name: str,
    condition: Condition,
    by: Member | None,
    now: datetime,
    segment: Segment | None = None,
) -> Segment:
    """Keep a condition under a name: a new one, or in place of the one given. Raises NameTakenError."""
    kept = segment or Segment(store=store, made_by=by, created_at=now)
    kept.name, kept.condition, kept.changed_at = name.strip(), write(condition), now
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise NameTakenError(name) from None
    return kept


def delete(segment: Segment) -> None:
    """Forget it. Whoever was written to stays written to."""
    segment.delete()


def mark(marks: Sequence[tuple[int, int, str, bool]], *, now: datetime) -> None:
    """Give or take tags: store, customer, tag, whether it is given. Of several about one tag the last counts."""
    rows = [
        {
            "store_id": store,
            "customer_id": customer,
            "tag": tag,
            "given_at": now,
            "taken_at": None if given else now,
        }
        for store, customer, tag, given in marks
    ]
    bulk.upsert(Tag, rows, key=["customer_id", "tag"], update=["given_at", "taken_at"])
