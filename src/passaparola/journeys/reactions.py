"""What journeys do when anything happens."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.customers.events import CustomersJoined, CustomersParted
from passaparola.customers.models import Merge
from passaparola.journeys import actions
from passaparola.kernel.events import Event, on


@on(CustomersJoined, CustomersParted)
def follow_people(batch: Sequence[CustomersJoined | CustomersParted], now: datetime) -> None:
    """Enrolments belong to whoever their record belongs to."""
    pairs = Merge.objects.filter(pk__in=[event.subject_id for event in batch])
    people = {pk for pair in pairs.values_list("one_id", "other_id") for pk in pair}
    actions.follow_merges(people, now=now)


@on(Event)
def follow(batch: Sequence[Event], now: datetime) -> None:
    """Any event may start a journey, end it, or be what somebody waits for."""
    actions.follow(batch, now=now)
