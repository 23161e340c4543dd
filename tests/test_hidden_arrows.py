"""Arrows that no import shows point down too: template tags that templates load, and fields that code calls by name."""

import ast
import re

import pytest
from django.conf import settings

from tests.layers import APPS, LEVEL, python_files

# Names of fields of ours by which Django or Wagtail calls something of its own: a moment of a revision, a profile's language.
# `is_on` is a key of what the template of the language bar is given.
NAMES_OF_OTHERS = {"created_at", "is_on", "preferred_language"}


def loaded_libraries(template):
    """Return the names of the tag libraries that a template loads."""
    return {name for names in re.findall(r"{%\s*load\s+([^%]+?)\s*%}", template) for name in names.split(" from ")[-1].split()}


def upward_libraries(app, template, owners):
    """Return the libraries that a template of `app` loads although their apps stand above it; `owners` are apps by library."""
    return {name for name in loaded_libraries(template) & owners.keys() if LEVEL[owners[name]] < LEVEL[app]}


@pytest.mark.parametrize("app", APPS)
def test_templates_of_an_app_load_tags_from_below(app):
    owners = {path.stem: path.parts[-3] for path in settings.BASE_DIR.glob("*/templatetags/[a-z]*.py")}
    for path in (settings.BASE_DIR / app).rglob("templates/**/*.*"):
        assert not upward_libraries(app, path.read_text(), owners), path


def test_a_library_from_above_is_seen():
    owners = {"newsroom": "newsroom", "languages": "languages"}
    assert upward_libraries("pages", "{% load i18n languages newsroom %}", owners) == {"newsroom"}
    assert upward_libraries("pages", "{% load draw from newsroom %}", owners) == {"newsroom"}
    assert upward_libraries("styleguide", "{% load newsroom %}", owners) == set()


def declared_fields(source):
    """Return the fields, of models and forms, that the classes of a module declare under a name of several words."""
    statements = [
        statement for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef) for statement in node.body
    ]
    return {
        target.id
        for statement in statements
        if isinstance(statement, ast.Assign) and re.search(r"(Field|ForeignKey)\(", ast.unparse(statement.value)[:60])
        for target in statement.targets
        if isinstance(target, ast.Name) and "_" in target.id
    }


def spoken_names(source):
    """Return the attributes that a module reads or sets, and its strings."""
    nodes = list(ast.walk(ast.parse(source)))
    strings = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return strings | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def fields_from_above(app, source, apps_by_field):
    """Return the fields that a module of `app` names although every app that declares them stands above it."""
    return {
        name
        for name in spoken_names(source) & apps_by_field.keys() - NAMES_OF_OTHERS
        if all(LEVEL[other] < LEVEL[app] for other in apps_by_field[name])
    }


def test_no_app_names_fields_that_only_apps_above_it_declare():
    apps_by_field = {}
    for app in APPS:
        for path in python_files(app):
            for name in declared_fields(path.read_text()):
                apps_by_field.setdefault(name, set()).add(app)
    for app in APPS:
        for path in python_files(app):
            assert not fields_from_above(app, path.read_text(), apps_by_field), path


def test_a_field_from_above_is_seen():
    declared = declared_fields(
        "class A(Form):\n    some_reason = forms.CharField()\n    page = models.ForeignKey('x')\n    a_b = 1"
    )
    assert declared == {"some_reason"}
    for source in ("error = {'some_reason': 1}", "user.some_reason = 2"):
        assert fields_from_above("languages", source, {"some_reason": {"pages"}}) == {"some_reason"}
        assert fields_from_above("languages", source, {"some_reason": {"pages", "languages"}}) == set()
