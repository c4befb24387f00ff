"""Parcels know their carrier, so that what arrived can be counted without asking the trackers."""

from django.db import migrations, models
from django.db.models import Q

_FILL = """
UPDATE tracking_parcel p SET carrier = t.carrier FROM tracking_tracker t WHERE t.id = p.tracker_id AND t.carrier <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0001_tables")]

    operations = [
        migrations.AddField("parcel", "carrier", models.CharField(max_length=60, db_default="")),
        migrations.RemoveIndex("parcel", "parcel_arrived"),
        migrations.AddIndex(
            "parcel",
            models.Index(
                fields=["store", "delivered_at"],
                include=["promised_last", "carrier"],
                name="parcel_arrived",
                condition=Q(delivered_at__isnull=False, promised_last__isnull=False),
            ),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
