"""Whether anybody of thousands is erased can be answered without reading them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_tables")]

    operations = [
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("erased_at__isnull", False)), fields=["id"], name="customer_erased"
            ),
        ),
    ]
