from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("products", "0002_initial")]

    operations = [
        migrations.AddField(model_name="product", name="variants", field=models.JSONField(default=list)),
    ]
