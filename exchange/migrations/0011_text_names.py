
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0010_taken_at'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='senttext',
            options={'default_permissions': (), 'ordering': ['number'], 'verbose_name': 'text', 'verbose_name_plural': 'texts'},
        ),
    ]
