"""All that is ripe of a person is decided about together, by one worker at a time.

Otherwise two workers, each with one of two messages, would both find room for it under the same cap.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Q

from passaparola.messages.actions.due import Due
from passaparola.messages.kind import kind_of
from passaparola.messages.models import WAITING, Message, MessageQuerySet

PEOPLE = 0x70656F << 40
"""Our class of advisory locks, “peo”, above the ids of customers."""
# One lock a person, held until what was decided is committed: who comes later sees it. Only tried, never
# waited for: whoever is being decided about elsewhere is left for the next round, so nothing can deadlock.
_LOCK = """
    WITH roots AS (SELECT DISTINCT coalesce(merged_into_id, id) AS id
                     FROM customers_customer WHERE id = ANY(%(ids)s)),
         tried AS MATERIALIZED (
                   SELECT id, pg_try_advisory_xact_lock(%(people)s + id) AS is_ours FROM roots)
    SELECT c.id, tried.is_ours FROM tried JOIN customers_customer c ON c.id = tried.id
    UNION ALL
    SELECT c.id, tried.is_ours FROM tried JOIN customers_customer c ON c.merged_into_id = tried.id
"""


def with_company(due: Sequence[Due], channels: Sequence[str], now: datetime) -> list[Due]:
    """Return what is due and may be decided about now, with everything else that is ripe of the same people.

    A plain confirmation concerns nothing else and costs nothing here.
    """
    minded = {message.customer_id for message in due if message.customer_id and _is_minded(message)}
    if not minded:
        return list(due)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"ids": list(minded), "people": PEOPLE})
        locked = dict(cursor.fetchall())
    ours = [pk for pk, is_ours in locked.items() if is_ours]
    kept = [message for message in due if locked.get(message.customer_id or 0, True)]
    together = [*kept, *_company(ours, kept, channels, now)]
    return _whole(together, ours, channels, now)


def _ripe(people: Sequence[int], channels: Sequence[str], now: datetime) -> MessageQuerySet:
    waiting = Message.objects.filter(
        WAITING, customer_id__any=people, claimed_at=None, channel__in=list(channels)
    )
    return waiting.filter(Q(due_at__lte=now) | Q(reason="gathering"))


def _company(
    people: Sequence[int], known: Sequence[Due], channels: Sequence[str], now: datetime
) -> list[Due]:
    rows = (
        _ripe(people, channels, now)
        .select_for_update(skip_locked=True, no_key=True)
        .exclude(pk__in=[message.pk for message in known])
        .order_by("id")
        .values_list(*Due._fields)
    )
    return [Due._make(row) for row in rows]


def _whole(
    messages: Sequence[Due], people: Sequence[int], channels: Sequence[str], now: datetime
) -> list[Due]:
    """Leave out for this round whoever has a ripe message that another worker holds.

    It found the person taken, by us, and lets go in a moment; deciding without it could give a newsletter
    the room that the question should have had.
    """
    ours = {message.pk for message in messages}
    ripe = _ripe(people, channels, now).values_list("pk", "customer_id")
    elsewhere = {customer for pk, customer in ripe if pk not in ours}
    return [message for message in messages if message.customer_id not in elsewhere]


def _is_minded(message: Due) -> bool:
    """Tell whether what else is said to the person matters: by a cap, or because it may share a letter."""
    kind = kind_of(message.kind)
    return message.purpose != "transactional" or bool(kind and kind.urgency)
