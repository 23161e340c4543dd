"""A deleted section takes no pages out of the search that have left it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('search', '0014_pages_behind')]

    operations = [
        migrations.AlterField(
            model_name='entry',
            name='section',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='pages.sitepage'),
        ),
    ]
