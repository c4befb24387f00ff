"""The raw deliveries' part of an export and an erasure: what the shop system told, word for word."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote, quote_plus

from django.db import connection

from passaparola.customers.privacy import Person

# Reads all raw bodies of the shop: minutes in a large one, and an erasure is nothing that anybody waits for.
_ERASE = """
UPDATE inbound_delivery d SET body = ''::bytea, headers = '{}'::jsonb, reason = 'erased'
  FROM inbound_connection c
 WHERE c.id = d.connection_id AND c.store_id = %s AND d.read_at IS NOT NULL AND octet_length(d.body) > 0
   AND EXISTS (SELECT 1 FROM unnest(%s::text[]) AS sign(word)
                WHERE position(sign.word IN lower(encode(d.body, 'escape'))) > 0)"""


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
    signs = sorted({sign for word in words if len(word) > 5 for sign in _written(word)})  # noqa: PLR2004
    if not signs:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_ERASE, [store, signs])
        return int(cursor.rowcount)


def _written(word: str) -> set[str]:
    r"""Every way in which shop systems and providers write it: as it is, in JSON, in a form; letters small.

    As PostgreSQL writes bytes that are no ASCII: `è` is `\303\250`.
    """
    plain = {word, word.lower(), json.dumps(word)[1:-1], json.dumps(word.lower())[1:-1]}
    forms = {quote(one, safe="") for one in (word, word.lower())} | {
        quote_plus(one) for one in (word, word.lower())
    }
    return {_escaped(one).lower() for one in plain | forms}


def _escaped(text: str) -> str:
    signs = (f"\\{byte:03o}" if byte > 127 or byte == 0 else chr(byte) for byte in text.encode())  # noqa: PLR2004
    return "".join(sign if sign != "\\" else "\\\\" for sign in signs)
