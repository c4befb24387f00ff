"""Keeping requests to see or erase data."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from passaparola.customers.events import PrivacyRequested
from passaparola.customers.models import PrivacyRequest
from passaparola.kernel.database import bulk
from passaparola.kernel.events import emit


def record_privacy(rows: Sequence[dict[str, Any]], *, now: datetime) -> None:
    """Keep each request once. Rows have the columns of PrivacyRequest but `received_at`."""
    made = bulk.upsert(
        PrivacyRequest,
        [{**row, "received_at": now} for row in rows],
        key=["store_id", "source", "external_id"],
        returning=["id", "store_id", "source", "external_id", "kind"],
    )
    emit(
        [
            PrivacyRequested(
                store_id=store,
                happened_at=now,
                key=f"privacy:{source}:{external_id}",
                subject_id=pk,
                request=kind,
            )
            for pk, store, source, external_id, kind in made
        ],
        now=now,
    )
