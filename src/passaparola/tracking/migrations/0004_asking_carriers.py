from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracking", "0003_delivered_index")]

    operations = [
        migrations.AddField(
            model_name="tracker",
            name="first_polled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveIndex(model_name="tracker", name="tracker_due"),
        migrations.AddIndex(
            model_name="tracker",
            index=models.Index(
                condition=models.Q(("poll_due_at__isnull", False)),
                fields=["store", "carrier", "poll_due_at"],
                name="tracker_due",
            ),
        ),
    ]
