"""The shape of the project: arrows point down, migrations are complete."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps as django_apps
from django.conf import settings
from django.core.management import call_command

from tests.layers import APPS, LEVEL, python_files


def imported_packages(source):
    """Return the packages that a module's source imports, wherever in the module."""
    packages = set()
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
        packages |= {name.split(".")[0] for name in names}
    return packages


def imported_apps(source):
    """Return the project's apps that a module's source imports, wherever in the module."""
    return imported_packages(source) & set(LEVEL)


def upward_arrows(app, source):
    """Return the apps that a module of `app` imports although they stand beside or above it."""
    return {other for other in imported_apps(source) if other != app and LEVEL[other] <= LEVEL[app]}


def test_every_app_has_its_layer():
    packages = {path.parent.name for path in settings.BASE_DIR.glob("*/__init__.py")} - {"deploy", "tests"}
    assert packages == set(LEVEL)
    ours = {config.name for config in django_apps.get_app_configs() if (settings.BASE_DIR / config.name).is_dir()}
    assert ours <= set(LEVEL)


@pytest.mark.parametrize("app", APPS)
def test_arrows_only_point_down(app):
    for path in python_files(app):
        assert not upward_arrows(app, path.read_text()), path


@pytest.mark.parametrize(
    ("app", "source", "arrows"),
    [
        ("languages", "from pages.models import SitePage", {"pages"}),
        ("mandates", "def f():\n    import networks.models", {"networks"}),
        ("pages", "from newsroom import accounts", {"newsroom"}),
        ("pages", "from languages.units import units\nimport directory", set()),
        ("actiris_site", "from pages import views", set()),
        ("drawings", "from languages.numbers import format_number", {"languages"}),
    ],
)
def test_the_arrows_test_sees_an_arrow_that_points_up(app, source, arrows):
    assert upward_arrows(app, source) == arrows


def imported_modules(name, source, names):
    """Return which of `names`, the project's modules, the module `name` imports as it is loaded, packages above them included.

    What stands in functions is imported later; a package above the module itself is there already.
    """
    imported = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    steps = [one.split(".") for one in imported]
    loaded = {".".join(parts[:length]) for parts in steps for length in range(1, len(parts) + 1)}
    return {one for one in loaded & names if not f"{name}.".startswith(f"{one}.")}


def find_circle(imports):
    """Return modules that import each other in a circle, [] where there are none; `imports` maps each to those it imports."""
    left = dict(imports)
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    if not left:
        return []
    circle = [next(iter(left))]
    while circle[-1] not in circle[:-1]:
        circle.append(next(iter(left[circle[-1]] & left.keys())))
    return circle[circle.index(circle[-1]) :]


def test_no_import_runs_in_a_circle():
    paths = {
        ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts).removesuffix(".__init__"): path
        for app in APPS
        for path in python_files(app)
    }
    circle = find_circle({name: imported_modules(name, path.read_text(), paths.keys()) for name, path in paths.items()})
    assert circle == []


def test_the_circles_test_sees_a_circle_through_a_package():
    sources = {
        "pages": "",
        "pages.models": "from pages.models.page import Page",
        "pages.models.page": "import pages.models.other\nfrom pages import history",
        "pages.models.other": "",
        "pages.history": "from pages.models.other import Other",
    }
    imports = {name: imported_modules(name, source, sources.keys()) for name, source in sources.items()}
    assert set(find_circle(imports)) == {"pages.models", "pages.models.page", "pages.history"}
    later = imported_modules("pages.history", "def f():\n    import pages.models", sources.keys())
    assert find_circle(imports | {"pages.history": later}) == []


def test_what_is_about_three_languages_knows_nothing_of_two_people_but_for_the_form():
    paths = {".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts): path for path in python_files("languages")}
    package = {name for name, path in paths.items() if "concurrent_edits" in path.parts}
    assert {
        name for name, path in paths.items() if name not in package and imported_modules(name, path.read_text(), package)
    } == {"languages.forms"}


def imports_django(source):
    """Say whether a module's source imports something of Django or Wagtail, wherever in the module."""
    return bool(imported_packages(source) & {"django", "wagtail"})


def test_drawings_know_nothing_of_django():
    for path in (settings.BASE_DIR / "drawings").rglob("*.py"):
        assert not imports_django(path.read_text()), path


def test_the_drawings_test_sees_django():
    for source in ("import django.db", "def f():\n    from django.utils import timezone", "from wagtail import blocks"):
        assert imports_django(source)
    assert not imports_django("from dataclasses import dataclass")


def imported_tests(source):
    """Return the imports of modules of tests in a source, what it hands to another process in a string included."""
    return re.findall(r"^\s*(?:from|import) tests\b.*\btest_\w+", source, re.MULTILINE)


def test_no_module_imports_a_module_of_tests():
    for path in (settings.BASE_DIR / "tests").rglob("*.py"):
        if path != Path(__file__):
            assert imported_tests(path.read_text()) == [], path


def test_an_import_of_a_module_of_tests_is_seen():
    lines = ["from tests.browser.test_editor import open_page", "    import tests.test_backups", "from tests import test_rows"]
    assert len(imported_tests("\n".join(lines))) == len(lines)
    assert imported_tests('SITE = """\nfrom tests.test_backups import public_answers\n"""')
    assert imported_tests("from tests.browser.forms import open_page\nfrom tests.rows import same_again") == []


def test_the_folders_are_those_of_the_layout():
    files = {*APPS, "content", "templates", "static", "locale", "deploy", "tests", "docs"}
    assert {name for name in files if not (settings.BASE_DIR / name).is_dir()} == set()


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_migrations_record_no_blocks():
    for path in settings.BASE_DIR.glob("*/migrations/0*.py"):
        assert "wagtail.blocks" not in path.read_text(), path


def test_live_is_never_set_by_an_update_that_would_pass_the_guarantee_by():
    for app in APPS:
        for path in Path(settings.BASE_DIR / app).rglob("*.py"):
            assert "update(live=" not in path.read_text().replace(" ", ""), path


def test_nothing_of_the_machine_or_the_making_stands_in_the_repository():
    import subprocess

    listed = subprocess.run(["git", "ls-files"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False).stdout
    for name in listed.split():
        path = settings.BASE_DIR / name
        if (
            path.exists()
            and path.suffix in {".py", ".md", ".html", ".yaml", ".toml", ".txt", ".in", ".css"}
            and path != Path(__file__)
        ):
            source = path.read_text(encoding="utf-8")
            for word in ("/work/", "/root/", "shared/design", "shared/content", "shared/seams"):
                assert word not in source, f"{name}: {word}"
