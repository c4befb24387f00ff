"""A to-do may be of no use any more after a while."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journeys', '0002_due_times'),
    ]

    operations = [
        migrations.AddField(
            model_name='todo',
            name='lapses_at',
            field=models.DateTimeField(null=True),
        ),
    ]
