"""Strikes and closures that the team enters: from then on they explain what they hold up."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from passaparola.stores.models import Member, Store
from passaparola.tracking.models import Disruption, Parcel


@transaction.atomic
def enter_disruption(
    store: Store,
    *,
    first: date,
    last: date,
    carrier: str = "",
    country: str = "",
    postcodes: Sequence[str] = (),
    words: tuple[str, str],
    by: Member,
    now: datetime,
) -> Disruption:
    """Keep it, with its sentence in English and Italian, and look again at what is late or in danger."""
    made = Disruption.objects.create(
        store=store,
        first=first,
        last=last,
        carrier=carrier,
        country=country,
        postcodes=list(postcodes),
        words_en=words[0],
        words_it=words[1],
        made_by=by,
        made_at=now,
    )
    _look_again(store, now)
    return made


@transaction.atomic
def withdraw_disruption(disruption: Disruption, *, now: datetime) -> None:
    """Say that it was not so: from now on it explains nothing any more."""
    if disruption.withdrawn_at is None:
        disruption.withdrawn_at = now
        disruption.save(update_fields=["withdrawn_at"])
        _look_again(disruption.store, now)


def _look_again(store: Store, now: datetime) -> None:
    """Have the loop look at every parcel whose delay it may explain, in batches of its own."""
    waiting = Parcel.objects.filter(store=store, check_at__isnull=False).exclude(delay_cause="")
    waiting.update(check_at=now)
