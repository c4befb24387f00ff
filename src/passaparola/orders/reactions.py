"""What orders do when customers tell something."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.customers.events import CustomersJoined, CustomersParted
from passaparola.customers.models import Merge
from passaparola.kernel.events import on
from passaparola.orders import actions


@on(CustomersJoined, CustomersParted, history=True)
def follow(batch: Sequence[CustomersJoined | CustomersParted], now: datetime) -> None:
    """Orders belong to whoever the key they came with belongs to."""
    del now
    pairs = Merge.objects.filter(pk__in=[event.subject_id for event in batch])
    actions.follow_customers({pk for pair in pairs.values_list("one_id", "other_id") for pk in pair})
