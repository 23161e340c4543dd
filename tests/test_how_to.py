"""Each recipe of docs/how-to.md is followed to the letter in a copy of the repository."""

import ast
import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from tests.databases import address_of, connect, drop_database
from tests.migrated import upgraded_database

ROOT = settings.BASE_DIR
RECIPES = dict(
    re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", (ROOT / "docs" / "how-to.md").read_text(), re.DOTALL | re.MULTILINE)
)
STEP = re.compile(
    r"(?P<order>New file `[^`]+`|In `[^`]+`, (?:above|below|instead of) `[^\n]+`|Run|Try it):\n\n```\w+\n(?P<code>.*?)```",
    re.DOTALL,
)
DOCUMENTED = {"_meta", "_state", "_base_manager", "_default_manager"}
TRY = "import django; django.setup(); from django.conf import settings; settings.ALLOWED_HOSTS += ['localhost']\n"


def steps_of(recipe):
    """Return the steps of a recipe as (what to do, with which lines)."""
    return [(match["order"], match["code"]) for match in STEP.finditer(recipe)]


def test_recipes_are_read_whole():
    assert len(RECIPES) > 5
    for name, recipe in RECIPES.items():
        assert len(steps_of(recipe)) == recipe.count("```") // 2, f"A step of “{name}” is not understood."


def private_names(source):
    """Return the names with an underscore of others that a module leans on: of attributes it does not define, or extends."""
    tree = ast.parse(source)
    taken = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    extended = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", "") == "super"
    }
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)} - extended
    return {name for name in taken - own if name.startswith("_") and not name.startswith("__")} - DOCUMENTED


def test_private_names_of_others_are_listed():
    listed = set(re.findall(r"^\| `\w+\.(_\w+)`", RECIPES["Upgrade Wagtail"], re.MULTILINE))
    modules = [path for package in ROOT.glob("*/__init__.py") for path in package.parent.rglob("*.py")]
    used = set()
    for path in modules:
        if path.relative_to(ROOT).parts[0] not in {"tests", "deploy"} and "migrations" not in path.parts:
            used |= private_names(path.read_text())
    assert used == listed


def test_a_private_name_is_seen_in_a_call_and_in_an_override():
    assert private_names("page._get_site(1)") == {"_get_site"}
    assert private_names("class A(B):\n    def _run(self):\n        super()._run()") == {"_run"}
    assert private_names("class A:\n    def _own(self):\n        return self._meta") == set()


@pytest.fixture
def copy(tmp_path):
    """A copy of the repository, with a database of its own that holds the site of the last release, migrated."""
    folder = tmp_path / "copy"
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for name in listed:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    name = f"how_to_{os.getpid()}"
    own = address_of(name)
    with connect() as beside:
        beside.execute(f"CREATE DATABASE {name} TEMPLATE {upgraded_database()}")
        try:
            yield Copy(folder, os.environ | {"DATABASE_URL": own, "DJANGO_SETTINGS_MODULE": "actiris_site.settings"})
        finally:
            drop_database(beside, name)


class Copy:
    def __init__(self, folder, environment):
        self.folder = folder
        self.environment = environment

    def follow(self, order, code):
        """Do what one step of a recipe says."""
        if order == "Run":
            for line in code.splitlines():
                self.run("sh", "-c", line)
        elif order == "Try it":
            self.run(sys.executable, "-W", "ignore", "-c", TRY + code)
        elif order.startswith("New file"):
            path = self.folder / order.split("`")[1]
            assert not path.exists(), path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(code)
        else:
            self.edit(order, code)

    def edit(self, order, code):
        """Put lines above or below the one that holds a text, or other text instead of it."""
        name, where, anchor = re.fullmatch(r"In `([^`]+)`, (above|below|instead of) `(.+)`", order).groups()
        path = self.folder / name
        source = path.read_text()
        assert source.count(anchor) >= 1, f"{name} does not hold {anchor!r}."
        start = source.index(anchor)
        if where == "instead of":
            path.write_text(source.replace(anchor, code.rstrip("\n"), 1))
            return
        place = source.rindex("\n", 0, start) + 1 if where == "above" else source.index("\n", start) + 1
        path.write_text(source[:place] + code + source[place:])

    def run(self, *command):
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name, recipe in RECIPES.items() if steps_of(recipe)])
def test_a_recipe_leads_where_it_says(name, copy):
    for order, code in steps_of(RECIPES[name]):
        copy.follow(order, code)
