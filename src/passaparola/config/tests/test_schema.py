"""What the database must have: the tables of this version, and room for all who come."""

import re

import pytest
from django.db import connection

from passaparola.config import schema
from passaparola.kernel.database.settings import arguments
from passaparola.kernel.loops import LOOPS


@pytest.mark.django_db
def test_tables_that_no_migration_leads_from_are_refused_with_what_to_do():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE products_product DROP COLUMN variants")

    with pytest.raises(schema.OtherTablesError, match=r"no products_product\.variants\): begin with another"):
        schema.migrate()


def test_a_migration_written_anew_makes_another_version(monkeypatch, tmp_path):
    migration = tmp_path / "returns" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    monkeypatch.setattr(schema.passaparola, "__file__", str(tmp_path / "__init__.py"))
    migration.write_text("before")
    before = schema.fingerprint()
    migration.write_text("after")

    assert schema.fingerprint() != before


def test_the_private_database_has_room_for_eight_workers_and_as_many_web_processes(tmp_path):
    """Each worker process holds a connection for each loop, and one for the doorbells."""
    told = " ".join(arguments(major=15, durable=True, socket_folder=tmp_path))
    room = int(re.search(r"max_connections=(\d+)", told)[1])

    assert room >= 8 * (len(LOOPS) + 1) + 8 * 4
