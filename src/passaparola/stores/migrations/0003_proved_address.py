from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stores', '0002_ways_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='proved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='membership',
            name='waits',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='signinlink',
            name='proves_address',
            field=models.BooleanField(default=True),
        ),
    ]
