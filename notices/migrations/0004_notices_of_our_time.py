"""Bring the moments of notices into the years that staff may give, and let the database refuse others.

What readers see stays: a notice that ends in 9999 goes on, until 2100. One whose moments Python cannot read, so that no page could be
shown with it, is taken off; its texts stay. It is done in SQL, as Python cannot read what is wrong.
"""

from datetime import UTC, datetime

import django.utils.timezone
from django.db import migrations, models

import pages.years

BEGIN, END = datetime(1999, 12, 31, tzinfo=UTC), datetime(2101, 1, 2, tzinfo=UTC)
FIRST, LAST = "TIMESTAMPTZ '2000-01-01 00:00 Europe/Brussels'", "TIMESTAMPTZ '2100-12-31 23:59 Europe/Brussels'"
READABLE = "BETWEEN TIMESTAMPTZ '0001-01-02 00:00 UTC' AND TIMESTAMPTZ '9999-12-31 22:59 UTC'"
MEND = f"""
    UPDATE notices_notice SET
        is_on = is_on AND begins_at {READABLE} AND ends_at {READABLE},
        begins_at = LEAST(GREATEST(begins_at, {FIRST}), {LAST}),
        ends_at = LEAST(GREATEST(ends_at, {FIRST}), {LAST})
    WHERE begins_at NOT BETWEEN {FIRST} AND {LAST} OR ends_at NOT BETWEEN {FIRST} AND {LAST}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0003_longer_texts'),
    ]

    operations = [
        migrations.RunSQL(MEND, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='notice',
            name='begins_at',
            field=models.DateTimeField(default=django.utils.timezone.now, help_text='Brussels time.', validators=[pages.years.require_year], verbose_name='beginning'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='ends_at',
            field=models.DateTimeField(help_text='Brussels time. The notice goes by itself.', validators=[pages.years.require_year], verbose_name='end'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ('begins_at__gte', BEGIN), ('begins_at__lt', END), ('ends_at__gte', BEGIN), ('ends_at__lt', END)
                ),
                name='notices_of_our_time',
            ),
        ),
    ]
