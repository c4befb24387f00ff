"""The raw deliveries' part of an export and an erasure: what the shop system told, word for word."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from passaparola.customers.privacy import Person

# Reads all raw bodies of the shop: minutes in a large one, and an erasure is nothing that anybody waits for.
_ERASE = """
UPDATE inbound_delivery d SET body = ''::bytea, headers = '{}'::jsonb, reason = 'erased'
  FROM inbound_connection c
 WHERE c.id = d.connection_id AND c.store_id = %s AND d.read_at IS NOT NULL AND octet_length(d.body) > 0
   AND EXISTS (SELECT 1 FROM unnest(%s::bytea[]) AS sign(bytes) WHERE position(sign.bytes IN d.body) > 0)"""


def export(person: Person) -> Any:
    """Nothing beyond what the orders say: the raw words hold other people's data, too."""
    del person
    return []


def erase(person: Person, now: datetime) -> int:
    del now
    # Phones without their sign: WhatsApp leaves it out, and in a form it is written otherwise.
    return erase_holding(person.store_id, [*person.emails, *(phone.lstrip("+") for phone in person.phones)])


def erase_holding(store: int, words: Iterable[str]) -> int:
    """Empty every delivery of the shop that was read and holds one of these words; return how many it were."""
    signs = [word.encode() for word in words if len(word) > 5]  # noqa: PLR2004
    if not signs:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_ERASE, [store, signs])
        return int(cursor.rowcount)
