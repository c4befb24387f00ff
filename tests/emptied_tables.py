"""After a test that really commits: empties the tables that hold something, in milliseconds.

Django truncates all hundred of them, and then makes its content types and permissions anew: near a second after
each test in a browser.
"""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

# Written by Django when the tables are made, and the same for ever: they stay.
_KEPT = ("django_migrations", "django_content_type", "auth_permission")
_EMPTY = f"""
    DO $$
    DECLARE filled text;
    BEGIN
        SET LOCAL session_replication_role = replica;  -- in any order, without a look at what refers to what
        FOR filled IN SELECT oid::regclass FROM pg_class
                       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN {_KEPT}
        LOOP
            EXECUTE 'DELETE FROM ' || filled;
        END LOOP;
    END $$
"""
_as_django_does = TransactionTestCase._fixture_teardown


def _empty(case: TransactionTestCase) -> None:
    if case.reset_sequences or case.available_apps is not None or not _may_empty():
        _as_django_does(case)
        return
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY)


def _may_empty() -> bool:
    """Tell whether we are the database's owner: always where it is private, not always where it was named."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return bool(cursor.fetchone()[0] == "on")


@pytest.fixture(scope="session", autouse=True)
def _quickly_emptied() -> Iterator[None]:
    TransactionTestCase._fixture_teardown = _empty
    yield
    TransactionTestCase._fixture_teardown = _as_django_does
