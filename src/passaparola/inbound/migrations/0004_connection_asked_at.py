from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbound", "0003_connection_paused_until")]

    operations = [
        migrations.AddField(
            model_name="connection",
            name="asked_at",
            field=models.DateTimeField(null=True),
        ),
    ]
