"""The way back to an earlier release: every migration knows one, and a way that there is none is refused in a sentence."""

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations import RunPython, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader

from newsroom.backups import going_back
from newsroom.backups.going_back import RELEASES
from tests.archives import write_archive


def loader():
    return MigrationLoader(None, ignore_no_migrations=True)


def irreversible(operations):
    """Yield the operations that cannot be taken back."""
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from irreversible(operation.database_operations)
        elif not operation.reversible:
            yield operation


@pytest.mark.parametrize("release", RELEASES)
def test_every_migration_since_a_release_can_be_taken_back(release):
    graph = loader().graph
    before = {node for last in RELEASES[release].items() for node in graph.forwards_plan(last)}
    since = set(graph.nodes) - before
    assert ("review", "0002_workflow_by_language") in since
    assert not [key for key in sorted(since) if list(irreversible(graph.nodes[key].operations))]


def test_what_cannot_be_taken_back_is_found():
    wrapped = SeparateDatabaseAndState([RunPython(print)])
    assert len(list(irreversible([RunPython(print, print), RunPython(print), wrapped]))) == 2


@pytest.mark.django_db
def test_a_way_that_there_is_none_is_refused_and_changes_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migrate", None)
    known = sorted(".".join(key) for key in loader().disk_migrations)
    newer = write_archive(tmp_path, "newer.tar", migrations=[*known, "pages.9999_of_tomorrow"])
    broken = write_archive(tmp_path, "broken.tar", migrations=known)
    broken.write_bytes(broken.read_bytes()[:2000])
    for to, said in (
        (newer, r"does not know the migration pages\.9999_of_tomorrow"),
        (broken, "manifest is missing|only a part"),
        (tmp_path / "none.tar", "No such file"),
        ("0.9.0", "No such file"),
    ):
        with pytest.raises(CommandError, match=rf"(?s)({said}).*Nothing was changed"):
            call_command("go_back", str(to))


@pytest.mark.sweep
@pytest.mark.django_db
def test_a_backup_from_before_says_where_to_go_and_what_has_no_place_there(monkeypatch, capsys, tmp_path):
    last = {"staff_notes.0001_notes", "pages.0017_excuse_what_was_approved"}
    known = {".".join(key) for key in loader().disk_migrations}
    before = write_archive(tmp_path, migrations=sorted(known - last))
    call_command("go_back", str(before), list=True)
    assert "2 migrations would be taken back" in capsys.readouterr().out
    went = []
    monkeypatch.setattr(going_back.MigrationExecutor, "migrate", lambda self, targets, plan: went.extend(plan))
    call_command("go_back", str(before))
    assert {f"{one.app_label}.{one.name}" for one, _backwards in went} == last
