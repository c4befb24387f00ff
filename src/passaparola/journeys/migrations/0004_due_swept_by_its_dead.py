"""The narrow table of due times is swept when enough of it is dead, not whenever something was added.

Each step adds a row and deletes one. PostgreSQL also sweeps a table after additions alone, counted against what is
new in it: here after every thousand, through the whole index of everybody who waits.
"""

from django.db import migrations

_BY_ITS_DEAD = "ALTER TABLE journeys_due SET (autovacuum_vacuum_insert_threshold = -1)"
_AS_EVERY_TABLE = "ALTER TABLE journeys_due RESET (autovacuum_vacuum_insert_threshold)"


class Migration(migrations.Migration):
    dependencies = [("journeys", "0003_todo_lapses")]

    operations = [migrations.RunSQL(_BY_ITS_DEAD, _AS_EVERY_TABLE)]
