"""Due times move to a narrow table that triggers keep, so that a step stays on its page (ADR 41).

By statement, not by row: a batch of two thousand steps is one deletion and one insertion. What is written is what
the statement left behind, so an enrolment that is open and has a time has exactly one row, whoever wrote it.
"""

from django.db import migrations, models

_FOLLOW = """
CREATE FUNCTION journeys_due_entered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO journeys_due (due_at, enrolment_id)
  SELECT due_at, id FROM as_it_is WHERE ended_at IS NULL AND due_at IS NOT NULL;
  RETURN NULL;
END $$;
CREATE FUNCTION journeys_due_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM journeys_due d USING as_it_was w WHERE d.due_at = w.due_at AND d.enrolment_id = w.id;
  INSERT INTO journeys_due (due_at, enrolment_id)
  SELECT due_at, id FROM as_it_is WHERE ended_at IS NULL AND due_at IS NOT NULL;
  RETURN NULL;
END $$;
CREATE FUNCTION journeys_due_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM journeys_due d USING as_it_was w WHERE d.due_at = w.due_at AND d.enrolment_id = w.id;
  RETURN NULL;
END $$;
CREATE TRIGGER enrolment_due_entered AFTER INSERT ON journeys_enrolment
  REFERENCING NEW TABLE AS as_it_is FOR EACH STATEMENT EXECUTE FUNCTION journeys_due_entered();
CREATE TRIGGER enrolment_due_moved AFTER UPDATE ON journeys_enrolment
  REFERENCING OLD TABLE AS as_it_was NEW TABLE AS as_it_is
  FOR EACH STATEMENT EXECUTE FUNCTION journeys_due_moved();
CREATE TRIGGER enrolment_due_gone AFTER DELETE ON journeys_enrolment
  REFERENCING OLD TABLE AS as_it_was FOR EACH STATEMENT EXECUTE FUNCTION journeys_due_gone();
-- Room in each page for the next steps of those who stand there: their indexes need not be told then.
ALTER TABLE journeys_enrolment SET (fillfactor = 60);
INSERT INTO journeys_due (due_at, enrolment_id)
SELECT due_at, id FROM journeys_enrolment WHERE ended_at IS NULL AND due_at IS NOT NULL ORDER BY due_at, id;
"""
_NO_MORE = """
DROP TRIGGER enrolment_due_entered ON journeys_enrolment;
DROP TRIGGER enrolment_due_moved ON journeys_enrolment;
DROP TRIGGER enrolment_due_gone ON journeys_enrolment;
DROP FUNCTION journeys_due_entered();
DROP FUNCTION journeys_due_moved();
DROP FUNCTION journeys_due_gone();
ALTER TABLE journeys_enrolment RESET (fillfactor);
"""


class Migration(migrations.Migration):
    dependencies = [("journeys", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Due",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "due_at",
                        "enrolment_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("enrolment_id", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(_FOLLOW, _NO_MORE),
        migrations.RemoveIndex(model_name="enrolment", name="enrolment_due"),
    ]
