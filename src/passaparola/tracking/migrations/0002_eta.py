
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0002_initial'),
        ('stores', '0001_initial'),
        ('tracking', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ArrivalRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('carrier', models.CharField(blank=True, max_length=60)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('moment', models.CharField(max_length=10)),
                ('teller', models.CharField(max_length=10)),
                ('parcels', models.PositiveIntegerField()),
                ('inside_50', models.PositiveIntegerField()),
                ('inside_80', models.PositiveIntegerField()),
                ('inside_90', models.PositiveIntegerField()),
                ('in_time', models.PositiveIntegerField()),
                ('days', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Disruption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('carrier', models.CharField(blank=True, max_length=60)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('postcodes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None)),
                ('words_en', models.CharField(max_length=200)),
                ('words_it', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='parcel',
            name='breach_chance',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='parcel',
            name='delay_confidence',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='parcel',
            name='delay_facts',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='parcel',
            name='stalled_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='tracker',
            name='first_estimated_date',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='tracker',
            name='first_told_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='parcel',
            index=models.Index(condition=models.Q(('stalled_since__isnull', False)), fields=['store', 'stalled_since'], name='parcel_stalled'),
        ),
        migrations.AddField(
            model_name='arrivalrecord',
            name='store',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='arrival_records', to='stores.store'),
        ),
        migrations.AddField(
            model_name='disruption',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='disruption',
            name='store',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disruptions', to='stores.store'),
        ),
        migrations.AddConstraint(
            model_name='arrivalrecord',
            constraint=models.UniqueConstraint(fields=('store', 'month', 'carrier', 'country', 'moment', 'teller'), name='arrival_record_once'),
        ),
        migrations.AddConstraint(
            model_name='arrivalrecord',
            constraint=models.CheckConstraint(condition=models.Q(('inside_50__lte', models.F('inside_80')), ('inside_80__lte', models.F('inside_90')), ('in_time__lte', models.F('parcels')), ('inside_90__lte', models.F('parcels'))), name='arrival_record_counts_parcels'),
        ),
        migrations.AddIndex(
            model_name='disruption',
            index=models.Index(fields=['store', 'last'], name='disruption_current'),
        ),
        migrations.AddConstraint(
            model_name='disruption',
            constraint=models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='disruption_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='disruption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('words_en', ''), _negated=True), models.Q(('words_it', ''), _negated=True)), name='disruption_has_its_words'),
        ),
    ]
