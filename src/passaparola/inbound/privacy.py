"""The raw deliveries' part of an export and an erasure: what the shop system told, word for word."""

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
    signs = [address.encode() for address in (*person.emails, *person.phones) if len(address) > 5]  # noqa: PLR2004
    if not signs:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_ERASE, [person.store_id, signs])
        return int(cursor.rowcount)
