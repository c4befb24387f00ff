"""Tables of another version: told apart, and refused where nothing leads from them to these."""

import pytest
from django.db import connection

from passaparola.config import schema


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
