"""System checks of the languages: every place that is written by language knows all those of the settings.

The settings, constants, catalogues, scripts, styles and templates are looked at whenever Django checks the project; the
database with `manage.py check --database default`, which every start of the site runs.
"""

import inspect
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from babel import localedata
from django.apps import apps
from django.conf import global_settings, settings
from django.core import checks
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from languages.codes import LANGUAGES, OFFICIAL
from languages.text_checks import is_ours

HINT = "docs/how-to.md says how to add a language."
CODES = {code for code, _name in global_settings.LANGUAGES}  # all that Django knows
LANG_ATTRIBUTE = re.compile(r'\slang="([a-z]{2,3})"')
# Source files that may name languages one by one, each with how it does so.
FILES = {
    "static/js/**/*.js": re.compile(r"[{,]\s*([a-z]{2,3}):"),  # { nl: …, fr: … }
    "static/css/**/*.css": re.compile(r"""(?:="|lang\()([a-z]{2,3})\b"""),  # [data-language="nl"], :lang(nl)
    "templates/**/*.html": LANG_ATTRIBUTE,
    "[a-z]*/templates/**/*.html": LANG_ATTRIBUTE,
    "deploy/nginx.conf": re.compile(r"[(|]([a-z]{2,3})/"),  # ^/(nl/…|fr/…)/
}


@checks.register("languages")
def every_place_knows_every_language(app_configs=None, **kwargs):
    """Return an error for each setting, constant, catalogue and file that lacks one of the site's languages."""
    return [
        checks.Error(f"{place} does not know the language {code}.", hint=HINT, id="languages.E002")
        for place, codes in (*settings_by_language(), *constants_by_language(), *files_by_language())
        for code in LANGUAGES
        if code not in codes
    ]


@checks.register("languages")
def no_code_has_a_hyphen(app_configs=None, **kwargs):
    """Return an error for each language such as "pt-br": the names of columns, and of pairs of languages, are made of codes."""
    message = "The code of the language %s has a hyphen, with which the site cannot name it."
    return [checks.Error(message % code, hint=HINT, id="languages.E006") for code in LANGUAGES if "-" in code]


def settings_by_language():
    """Yield (name, languages that it knows) of settings and of what libraries need for a language."""
    fallbacks = settings.LANGUAGE_FALLBACKS
    yield "The setting LANGUAGE_FALLBACKS", fallbacks
    for code, others in fallbacks.items():
        yield f"The setting LANGUAGE_FALLBACKS[{code!r}]", {code, *others}
    yield "The setting WAGTAILADMIN_PERMITTED_LANGUAGES", dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES)
    yield "The library Babel", {code for code in LANGUAGES if localedata.exists(code)}
    yield "The folder locale", {path.parts[-3] for path in settings.BASE_DIR.glob("locale/*/LC_MESSAGES/django.po")}


def constants_by_language():
    """Yield (name, languages that it knows) of the constants of our modules, such as the first steps of addresses."""
    for module in own_modules():
        for name, value in vars(module).items():
            if name.isupper() and is_by_language(value) and is_defined_in(module, name):
                yield f"{module.__name__}.{name}", value


def own_modules():
    """Return the modules of this project's apps, but migrations and commands."""
    names = [
        module.name
        for config in apps.get_app_configs()
        if Path(config.path).parent == settings.BASE_DIR
        for module in walk_packages([config.path], f"{config.name}.")
    ]
    return [import_module(name) for name in names if not {"migrations", "management"} & set(name.split("."))]


def is_by_language(value):
    """Say whether a constant is a mapping from languages, of which some may be missing."""
    return isinstance(value, dict) and len(value) > 1 and CODES.issuperset(value)


def is_defined_in(module, name):
    """Say whether a constant is written in a module, and not imported there."""
    return re.search(rf"^{name} = ", inspect.getsource(module), re.MULTILINE) is not None


def files_by_language():
    """Yield (name, languages that it knows) of the files that name each official language."""
    for pattern, language in FILES.items():
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            codes = set(language.findall(path.read_text()))
            if codes.issuperset(OFFICIAL):
                yield f"The file {path.relative_to(settings.BASE_DIR)}", codes


@checks.register("languages", checks.Tags.database)
def every_table_is_complete(app_configs=None, databases=None, **kwargs):
    """Return an error for each column and index of our models that a database lacks, as where a language has no migration."""
    return [
        checks.Error(message, hint=HINT, id="languages.E003")
        for connection in migrated_connections(databases)
        for message in missing_in_tables(connection)
    ]


def migrated_connections(databases):
    """Yield the connections to databases in which no migration waits: of the others nobody can say what they lack."""
    for alias in databases or ():
        executor = MigrationExecutor(connections[alias])
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield connections[alias]


def missing_in_tables(connection):
    """Yield a sentence for each column and index of our models that PostgreSQL does not have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()")
        columns = set(cursor.fetchall())
        cursor.execute("SELECT tablename, indexname FROM pg_indexes WHERE schemaname = current_schema()")
        indexes = set(cursor.fetchall())
    for model in (model for model in apps.get_models(include_auto_created=True) if is_ours(model)):
        table = model._meta.db_table
        for field in model._meta.local_concrete_fields:
            if (table, field.column) not in columns:
                yield f"The table {table} has no column {field.column}."
        for index in model._meta.indexes:
            if (table, index.name) not in indexes:
                yield f"The table {table} has no index {index.name}."
