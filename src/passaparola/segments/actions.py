"""The verbs of segments."""

from datetime import datetime

from django.db import IntegrityError, transaction

from passaparola.segments.models import Segment
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
