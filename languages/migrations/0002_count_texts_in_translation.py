"""Counts in every row the texts in translation: none, as nobody could say before this release that a text was not done."""

from django.db import migrations

ADD = """
    UPDATE languages_standing
    SET languages = (SELECT jsonb_object_agg(key, value || '{"open": 0}') FROM jsonb_each(languages))
    WHERE languages <> '{}'
"""
TAKE = """
    UPDATE languages_standing
    SET languages = (SELECT jsonb_object_agg(key, value - 'open') FROM jsonb_each(languages))
    WHERE languages <> '{}'
"""


class Migration(migrations.Migration):
    dependencies = [("languages", "0001_standing")]

    operations = [migrations.RunSQL(ADD, TAKE)]
