"""What the team types about a parcel."""

from datetime import datetime

from django.db import transaction

from passaparola.tracking.actions.derive import derive
from passaparola.tracking.actions.record import keep_scans, lock_trackers
from passaparola.tracking.carrier import ScanState
from passaparola.tracking.models import Parcel
from passaparola.tracking.rules.typed import typed_facts


class NothingToFollowError(ValueError):
    """The parcel has neither a number nor a shipment: there is nowhere to keep a step."""


@transaction.atomic
def type_scan(
    parcel: Parcel, *, state: ScanState, at: datetime, place: str = "", words: str = "", now: datetime
) -> None:
    """Add a step by hand, as sure as a carrier's own; whose number it is stays as it was.

    It goes to the parcel's number, or to what the shop relays about it where it has no number.
    """
    tracker = parcel.tracker or parcel.news
    if tracker is None:
        raise NothingToFollowError(str(parcel))
    lock_trackers([(parcel.store_id, tracker.key)])
    facts = typed_facts(tracker.key, carrier="manual", state=state, at=at, words=words, place=place)
    keep_scans([(tracker.pk, tracker.key, facts.scans)])
    siblings = Parcel.objects.filter(store=parcel.store_id, tracker=parcel.tracker_id or -1)
    derive([parcel.pk, *siblings.values_list("pk", flat=True)], now=now)
