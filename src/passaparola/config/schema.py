"""Whether the database's tables are those of this version, told by one query; and making them so.

A fingerprint of all migrations stands as a comment on Django's own table of migrations. Loading the graph of
migrations instead would cost each short command a third of a second.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from hashlib import sha256
from pathlib import Path

import django
import psycopg

import passaparola

_LOCK = 7_267_252
"""Any number, always the same: who holds the advisory lock of this number makes tables, others wait."""


class OtherTablesError(Exception):
    """Tables that can't be changed into those of this version. Its text says what to do."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            "The tables were made by a version from before the first release and can't be brought along "
            f"(no {missing[0]}): begin with another data folder (--data) or an empty database."
        )


class State(Enum):
    """What a database holds, compared with this version."""

    EMPTY = auto()
    CURRENT = auto()
    OTHER = auto()


def state(url: str) -> State:
    """Ask the database what it holds."""
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT name, obj_description(name, 'pg_class') FROM to_regclass('django_migrations') AS name"
        ).fetchone()
    table, comment = found or (None, None)
    if table is None:
        return State.EMPTY
    return State.CURRENT if comment == fingerprint() else State.OTHER


def fingerprint() -> str:
    """Name this version's tables: our migrations by name and text, Django's own by its version."""
    package = Path(passaparola.__file__).parent
    told = sha256(django.__version__.encode())
    for file in sorted(package.glob("**/migrations/0*.py")):
        told.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    return told.hexdigest()[:16]


def migrate() -> None:
    """Make the tables, one process at a time. Django must be set up.

    OtherTablesError where a version made them whose migrations there are no more.
    """
    from django.core.management import call_command
    from django.db import connection

    with _alone():
        call_command("migrate", verbosity=0, interactive=False)
        if missing := _missing():
            raise OtherTablesError(missing)
        with connection.cursor() as cursor:
            cursor.execute(f"COMMENT ON TABLE django_migrations IS '{fingerprint()}'")


def _missing() -> list[str]:
    """Return the columns that the models have and the tables have not, whatever Django noted as done."""
    from django.apps import apps
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped"
        )
        there = set(cursor.fetchall())
    tables = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.managed]  # noqa: SLF001
    wanted = {(table.db_table, field.column) for table in tables for field in table.local_concrete_fields}
    return sorted(f"{table}.{column}" for table, column in wanted - there)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock on a connection of its own: a migration may want to end transactions on Django's."""
    from django.db import connection

    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as line:
        line.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        yield
