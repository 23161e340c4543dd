"""The documentation is true: settings, commands, apps, and the example of the unit walk."""

import re

import pytest
from django.conf import settings

from languages.units import UnknownAddress, put, units

ROOT = settings.BASE_DIR
README = (ROOT / "README.md").read_text()


def first_cells(heading):
    """Return what stands in backquotes in the first column of the table below a heading of the README."""
    part = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return {
        match for line in part.splitlines() if line.startswith("| `") for match in re.findall(r"`([^`]+)`", line.split("|")[1])
    }


def settings_read():
    """Return the names that the settings and the commands read from the environment."""
    found = set(re.findall(r"(?:env\.\w+|env|required)\(\s*\"([A-Z_]+)\"", (ROOT / "actiris_site" / "settings.py").read_text()))
    found |= set(
        re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", (ROOT / "newsroom/management/commands/create_staff.py").read_text())
    )
    return found


def test_every_setting_read_from_the_environment_stands_in_the_readme_and_the_example():
    assert settings_read() - first_cells("Settings") == set()
    example = (ROOT / ".env.example").read_text()
    assert {name for name in settings_read() if name not in example} == set()


def test_the_readme_names_no_setting_that_nothing_reads():
    deploy = "".join(path.read_text() for path in (ROOT / "deploy").glob("*.py")) + (ROOT / "Makefile").read_text()
    assert {name for name in first_cells("Settings") - settings_read() if name not in deploy} == set()


def test_every_make_target_and_management_command_of_the_readme_exists():
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)) - {"help"}
    assert {cell.removeprefix("make ") for cell in first_cells("Commands") if cell.startswith("make ")} == targets
    ours = {path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py")}
    assert ours <= {cell.removeprefix("manage.py ") for cell in first_cells("Commands")}


def test_the_readme_says_of_every_app_what_it_is():
    assert first_cells("Apps") == {path.parent.name for path in ROOT.glob("*/apps.py")} | {"actiris_site"}


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path):
    for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target


@pytest.mark.django_db
def test_the_example_of_the_architecture_page_is_true(mandate):
    assert next(iter(units(mandate))).address == "heading"
    put(mandate, {"heading": {"fr": "Le mandat"}})
    assert mandate.heading_fr == "Le mandat"
    with pytest.raises(UnknownAddress):
        put(mandate, {"nothing": {"fr": "x"}})


def test_the_content_page_names_every_field_and_no_other():
    from django.apps import apps

    text = (ROOT / "docs" / "content.md").read_text()
    for label in re.findall(r"\*\*`(\w+\.\w+)`\*\*", text):
        model = apps.get_model(label)
        part = text.split(f"**`{label}`**", 1)[1].split("\n\n", 1)[0]
        own = {field.name for field in model._meta.local_fields if field.editable and not field.remote_field}
        shared = {"abbreviation", "full_name", "audience", "next_step", "next_step_label", "next_step_url", "figures", "body"}
        shared |= {"milestones", "external_links", "documents", "related_pages"}
        translations = {name for name in own if re.search(r"_(nl|fr|en)$", name)}
        assert {name for name in own - shared - translations if f"`{name}`" not in part} == set()
