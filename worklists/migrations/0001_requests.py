import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('languages', '0003_waiting_since_and_begun'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TranslationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('nl', 'Dutch'), ('fr', 'French'), ('en', 'English')], max_length=5, verbose_name='language')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked on')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='deadline')),
                ('note', models.TextField(blank=True, max_length=500, verbose_name='note')),
                ('taken_at', models.DateTimeField(null=True)),
                ('returned_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed on')),
                ('outcome', models.CharField(blank=True, choices=[('done', 'Done'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('standing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='languages.standing')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken by')),
            ],
            options={
                'verbose_name': 'translation request',
                'verbose_name_plural': 'translation requests',
                'ordering': ['deadline', 'asked_at', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('standing', 'language'), name='one_open_request_per_language')],
            },
        ),
    ]
