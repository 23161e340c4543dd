"""How PostgreSQL reads the site's three languages: as it does by itself, but without accents."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

COPIES = {"nl": "dutch", "fr": "french", "en": "english", "plain": "simple"}
WORDS = "asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart"


def configuration(name, copied):
    dictionary = copied if copied == "simple" else f"{copied}_stem"
    return migrations.RunSQL(
        f"""
        CREATE TEXT SEARCH CONFIGURATION search_{name} (COPY = pg_catalog.{copied});
        ALTER TEXT SEARCH CONFIGURATION search_{name} ALTER MAPPING FOR {WORDS} WITH unaccent, {dictionary};
        """,
        f"DROP TEXT SEARCH CONFIGURATION search_{name}",
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [UnaccentExtension(), TrigramExtension(), *(configuration(*copy) for copy in COPIES.items())]
