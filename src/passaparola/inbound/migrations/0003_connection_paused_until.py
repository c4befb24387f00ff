from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbound", "0002_initial")]

    operations = [
        migrations.AddField(
            model_name="connection",
            name="paused_until",
            field=models.DateTimeField(null=True),
        ),
    ]
