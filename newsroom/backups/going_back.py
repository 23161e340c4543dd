"""Taking the database back to what an earlier release knows of it, so that its code can be started again.

Django takes migrations back; here is which of them, in which order, and what becomes of what was loaded from content files.
"""

import json
from collections import defaultdict
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.functional import cached_property
from psycopg import sql

from newsroom.backups.archive import read_manifest
from newsroom.models import LoadedItem

# The last migration of each app, by release: of those whose backups do not say it themselves.
RELEASES = json.loads(Path(__file__).with_name("releases.json").read_text())


class NoWayBack(Exception):
    """The database cannot be taken there; the message is for an operator."""


class WayBack:
    """The way to a release of RELEASES, or to what made the backup at the path `to`.

    Raises `NoWayBack` where this code does not know the one or the other, `BrokenArchive`, OSError.
    """

    def __init__(self, to):
        self.executor = MigrationExecutor(connection)
        self.loader = self.executor.loader
        then = set(RELEASES[to].items()) if to in RELEASES else migrations_of(to)
        self.applied = {key for key in self.loader.applied_migrations if key[0] in self.loader.migrated_apps}
        if unknown := (then | self.applied) - self.loader.disk_migrations.keys():
            raise NoWayBack(f"This code does not know the migration {'.'.join(min(unknown))}: use that of the newest release.")
        self.last = self.last_of_each_app(then)
        without = self.loader.migrated_apps - {app for app, _name in self.last}
        self.targets = [*sorted(self.last), *((app, None) for app in sorted(without))]
        self.plan = self.plan_steps()

    def last_of_each_app(self, migrations):
        """Return those of the migrations after which the same app has none among them."""
        nodes = self.loader.graph.node_map
        squashed = {key for key, one in self.loader.replacements.items() if migrations.issuperset(one.replaces)}
        there = (migrations | squashed) & nodes.keys()
        return there - {parent.key for key in there for parent in nodes[key].parents if parent.key[0] == key[0]}

    def plan_steps(self):
        """Return what Django would take back, in the order in which it came: each meets the tables that it left."""
        steps = self.executor.migration_plan(self.targets)
        if not all(is_backwards for _migration, is_backwards in steps):
            raise NoWayBack("The database is older than that: start that release, and it comes up to date by itself.")
        came = [migration for migration, _ in self.executor.migration_plan(self.loader.graph.leaf_nodes(), clean_start=True)]
        return sorted(steps, key=lambda step: came.index(step[0]), reverse=True)

    def losses(self):
        """Return what has no place there: the rows of each table that has any, and columns as "table.column"."""
        now, then = map(columns_by_table, self.models)
        columns = {f"{table}.{column}" for table in now.keys() & then.keys() for column in now[table] - then[table]}
        return filled_tables(now.keys() - then.keys()), sorted(columns)

    @cached_property
    def models(self):
        """The models of now, and those of then."""
        known = self.loader.graph.nodes.keys()  # what is not there is a part of one of them
        states = (self.loader.project_state(sorted(migrations & known)) for migrations in (self.applied, self.last))
        return [state.apps.get_models(include_auto_created=True) for state in states]

    def go(self):
        """Take the migrations back, each in a transaction of its own: what breaks off can be done again."""
        forget_loaded(*map(fields_by_model, self.models))
        self.executor.migrate(self.targets, self.plan)


def migrations_of(path):
    """Return the migrations that a backup names, as pairs of app and name."""
    with Path(path).open("rb") as archive:
        return {tuple(name.split(".", 1)) for name in read_manifest(archive)["migrations"]}


def columns_by_table(models):
    columns = defaultdict(set)
    for model in models:
        columns[model._meta.db_table] |= {field.column for field in model._meta.local_concrete_fields}
    return columns


def fields_by_model(models):
    return {model._meta.label: {field.name for field in model._meta.get_fields()} for model in models}


def filled_tables(names):
    """Return how many rows each of these tables has, of those that have any."""
    rows = {}
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
            rows[name] = cursor.fetchone()[0]
    return {name: number for name, number in rows.items() if number}


def forget_loaded(now, then):
    """Let what goes count as never loaded, and all else as loaded from other files: the next upgrade loads it again.

    What staff changed stays as it is, then too. `now` and `then` are the fields of each model.
    """
    LoadedItem.objects.filter(model__in=now.keys() - then.keys()).delete()
    for item in LoadedItem.objects.all():
        lost = now.get(item.model, set()) - then.get(item.model, set())
        item.fields = {name: digest for name, digest in item.fields.items() if name not in lost}
        item.file_digest = ""
        item.save(update_fields=["fields", "file_digest"])
