"""Whether the database's tables are those of this version, told by one query; and making them so.

A fingerprint of all migrations stands as a comment on Django's own table of migrations. Loading the graph of
migrations instead would cost each short command a third of a second.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from hashlib import sha256
from pathlib import Path

import django
import psycopg

import passaparola

_LOCK = 7_267_252
"""Any number, always the same: who holds the advisory lock of this number makes tables, others wait."""


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
    """Name this version's tables: our migrations by file name, Django's own by its version."""
    package = Path(passaparola.__file__).parent
    files = sorted(path.relative_to(package).as_posix() for path in package.glob("**/migrations/0*.py"))
    return sha256("\n".join([django.__version__, *files]).encode()).hexdigest()[:16]


def migrate() -> None:
    """Make the tables, one process at a time. Django must be set up."""
    from django.core.management import call_command
    from django.db import connection

    with _alone():
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute(f"COMMENT ON TABLE django_migrations IS '{fingerprint()}'")


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock on a connection of its own: a migration may want to end transactions on Django's."""
    from django.db import connection

    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as line:
        line.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        yield
