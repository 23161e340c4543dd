"""Names in the code: a function begins with a verb or says what it returns, as CONTRIBUTING.md asks."""

import ast
import re

from django.conf import settings

FOLDERS = [path.parent for path in settings.BASE_DIR.glob("*/__init__.py")]
# Past participles that do not end in "ed", but for those that are infinitives too, such as "read", "put" and "run".
IRREGULAR = {
    *("begun", "brought", "built", "drawn", "found", "given", "gone", "held", "kept", "known", "led", "left", "lost", "made"),
    *("meant", "said", "seen", "sent", "shown", "spelt", "spoken", "taken", "thrown", "told", "worn", "written"),
}
# Fixtures that many files of tests take.
SHARED_FIXTURES = {"built", "loaded", "rendered", "shared"}
PARTICIPLE = re.compile(r"[a-z]*[^e]ed")  # not "feed"


def bare_participles(source):
    """Return the functions of a module, fixtures included, that are called by a participle alone: "found", "listed"."""
    names = [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return [name for name in names if name in IRREGULAR or PARTICIPLE.fullmatch(name)]


def class_names(source):
    """Return the public classes of a module by name; those within others are named by these."""
    return {node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name[0] != "_"}


def test_no_two_classes_have_one_name():
    """But for commands, which Django finds by it, and the two models that `docs/words.md` tells apart."""
    modules = {}
    for folder in (folder for folder in FOLDERS if folder.name != "tests"):
        for path in folder.rglob("*.py"):
            if not {"commands", "migrations"}.intersection(path.parts):
                for name in class_names(path.read_text()):
                    modules.setdefault(name, []).append(path.relative_to(settings.BASE_DIR))
    shared = {name: paths for name, paths in modules.items() if len(paths) > 1}
    assert shared.keys() <= {"Entry"}, shared


def test_the_classes_of_a_module_are_seen():
    assert class_names("class A:\n    class Meta: pass\nclass _B: pass\ndef c(): pass") == {"A"}


def test_no_function_is_called_by_a_participle_alone():
    for folder in FOLDERS:
        for path in folder.rglob("*.py"):
            assert set(bare_participles(path.read_text())) <= SHARED_FIXTURES, path


def test_a_participle_is_seen():
    source = "def listed(): pass\ndef shown(): pass\ndef feed(): pass\ndef read(): pass\ndef listed_pages(): pass"
    assert bare_participles(source) == ["listed", "shown"]
