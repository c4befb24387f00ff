"""The form that makes a journey makes one: sent a second time, it is known again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journeys", "0004_due_swept_by_its_dead")]

    operations = [
        migrations.AddField(
            model_name="journey",
            name="once",
            field=models.CharField(max_length=40, null=True),
        ),
        migrations.AddConstraint(
            model_name="journey",
            constraint=models.UniqueConstraint(fields=("store", "once"), name="journey_made_once"),
        ),
    ]
