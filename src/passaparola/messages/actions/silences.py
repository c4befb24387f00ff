"""Addresses we stay silent to: kept with who said so, lifted only by a person and with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from passaparola.kernel.database import bulk
from passaparola.messages.models import Suppression
from passaparola.stores.models import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """An address to stay silent to."""

    store_id: int
    address: str
    reason: str
    """A value of `SuppressionReason`."""
    channel: str = "email"
    words: str = ""
    source: str = ""
    made_at: datetime | None = None


def silence(silences: Sequence[Silence], *, now: datetime) -> int:
    """Keep silences; return how many were new or hold again. What is queued is asked again before it goes.

    One that somebody lifted holds again only where this is told later than it was lifted: an old bounce that
    comes in once more opens nothing that was put right.
    """
    rows = [
        {
            "store_id": one.store_id,
            "channel": one.channel,
            "address": one.address.strip().lower(),
            "reason": one.reason,
            "words": one.words,
            "source": one.source,
            "made_at": one.made_at or now,
            "lifted_at": None,
        }
        for one in silences
    ]
    written = bulk.upsert(
        Suppression,
        rows,
        key=["store_id", "channel", "address", "reason"],
        update=["words", "source", "made_at", "lifted_at"],
        where="old.lifted_at < excluded.made_at",
        returning=["old.id"],
    )
    return len(written)


@transaction.atomic
def lift(suppression: Suppression, *, because: str, by: Member | None, now: datetime) -> None:
    """Write to this address again, for a reason that stays with it."""
    Suppression.objects.filter(pk=suppression.pk, lifted_at=None).update(
        lifted_at=now, lifted_by=by, lifted_because=because[:300]
    )
