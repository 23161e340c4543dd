"""The documentation is true: settings, commands, apps, paths and names in the code, the version, the unit walk."""

import ast
import io
import re
import tokenize
import tomllib
from importlib import import_module
from pathlib import PurePosixPath

import pytest
from django.apps import apps
from django.conf import settings
from modeltranslation.fields import TranslationField

from languages.units import UnknownAddress, put, units
from newsroom.content.conversion import RENAMED
from newsroom.content.items import DIRECTORY, key_of
from pages.blocks import BodyBlock
from pages.models import SitePage, SiteSettings

ROOT = settings.BASE_DIR
README = (ROOT / "README.md").read_text()
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = sorted(path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "." and path.name != "node_modules")
# Named in documents, but made or filled in where the site runs.
NOT_IN_A_CHECKOUT = {
    "copy.json",
    "media/",
    "staticfiles/",
    ".data/cache",
    ".data/strings",
    ".env",
    ".venv",
    "sbom.json",
    "security.txt",
    ".yaml",
}
PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")
SUFFIXES = {".css", ".html", ".js", ".json", ".md", ".py", ".sh", ".svg", ".toml", ".txt", ".in", ".yaml", ".yml"}


def first_cells(heading):
    """Return what stands in backquotes in the first column of the table below a heading of the README."""
    part = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return {
        match for line in part.splitlines() if line.startswith("| `") for match in re.findall(r"`([^`]+)`", line.split("|")[1])
    }


def settings_read():
    """Return the names that the settings and the commands read from the environment."""
    source = (ROOT / "actiris_site" / "settings.py").read_text()
    names = set(re.findall(r"(?:env\.\w+|env|required_setting)\(\s*\"([A-Z_]+)\"", source))
    names |= set(
        re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", (ROOT / "newsroom/management/commands/create_staff.py").read_text())
    )
    return names


def test_every_setting_read_from_the_environment_stands_in_the_readme_and_the_example():
    assert settings_read() - first_cells("Settings") == set()
    example = (ROOT / ".env.example").read_text()
    assert {name for name in settings_read() if name not in example} == set()


def test_the_readme_names_no_setting_that_nothing_reads():
    paths = [*(ROOT / "deploy").glob("*.py"), ROOT / "Makefile", ROOT / "compose.yaml"]
    deploy = "".join(path.read_text() for path in paths)
    assert {name for name in first_cells("Settings") - settings_read() if name not in deploy} == set()


def test_the_readme_names_every_setting_of_the_example():
    example = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert example - first_cells("Settings") == set()


def test_every_make_target_and_management_command_of_the_readme_exists():
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)) - {"help"}
    assert {cell.removeprefix("make ") for cell in first_cells("Commands") if cell.startswith("make ")} == targets
    ours = {path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py")}
    assert ours <= {cell.removeprefix("manage.py ") for cell in first_cells("Commands")}


def test_the_readme_says_of_every_app_what_it_is():
    assert first_cells("Apps") == {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"deploy", "tests"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path):
    for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target


def test_the_readme_leads_to_every_document():
    linked = set(re.findall(r"\]\(([^)#]+\.md)\)", README))
    assert {path.relative_to(ROOT).as_posix() for path in DOCUMENTS} - linked == {"README.md"}


def code_words(text):
    """Return the words of what stands in backquotes."""
    return {word.rstrip(",;") for quoted in re.findall(r"`([^`\n]+)`", text) for word in quoted.split()} - {""}


def missing_paths(text):
    """Return the paths and names of files in backquotes that do not exist; a name without folders may be anywhere."""
    missing = set()
    for word in code_words(text) - NOT_IN_A_CHECKOUT:
        is_path = "/" in word or PurePosixPath(word).suffix in SUFFIXES
        if word[0] != "/" and is_path and PATH.fullmatch(word):
            places = [word] if "/" in word else [word, *(f"{folder}/**/{word}" for folder in FOLDERS)]
            if not any(path for place in places for path in ROOT.glob(place)):
                missing.add(word)
    return missing


def is_in_the_code(name):
    """Say whether a dotted name is a module, something in one, or a model by its app's label."""
    label, _, rest = name.partition(".")
    if rest.partition(".")[0].lower() in apps.all_models.get(label, ()):
        model, _, attribute = rest.partition(".")
        return not attribute or hasattr(apps.get_model(label, model), attribute)
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            value = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(value, part):
                return False
            value = getattr(value, part)
        return True
    return False


def missing_names(text):
    """Return the dotted names in backquotes that begin with a package of ours and are not in its code."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    words = {word for word in code_words(text) if re.fullmatch(r"\w+(\.\w+)+", word) and word.split(".")[0] in packages}
    return {word for word in words if not is_in_the_code(word)}


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.name != "CHANGELOG.md"], ids=lambda path: path.name)
def test_paths_and_names_in_documents_exist(path):
    text = re.sub(
        r"^New file `[^\n]*$|(above|below|instead of) `[^\n]*`:$|^```\w+$.*?^```$",
        "",
        path.read_text(),
        flags=re.MULTILINE | re.DOTALL,
    )
    assert missing_paths(text) == set()
    assert missing_names(text) == set()


def test_what_is_not_there_is_seen():
    assert missing_paths("`languages/units.py`, `slugs.json`, `python -m deploy.icons`, `/nl/`, `media/`") == set()
    assert missing_paths("`languages/nothing.py`, `nothing.css`, `nothing/`") == {
        "languages/nothing.py",
        "nothing.css",
        "nothing/",
    }
    assert missing_names("`languages.units.put`, `pages.SitePage.mirror`, `manage.py`, `tests.building`") == set()
    assert missing_names("`languages.units.nothing`, `pages.Nothing`, `search.words.x`") == {
        "languages.units.nothing",
        "pages.Nothing",
        "search.words.x",
    }


def read_tokens(source):
    """Return `(code, prose)` of a module: its names and the words of its strings, and its comments and docstrings."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))]
    docstrings = {(node.body[0].lineno, node.body[0].col_offset) for node in nodes if ast.get_docstring(node)}
    code, prose = set(), []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT or token.start in docstrings:
            prose.append(token.string)
            code.update(re.findall(r'"(\w+)"', token.string))  # a key of the data that is shown there
        else:
            code.update(re.findall(r"\w+", token.string))
    return code, "\n".join(prose)


def test_names_in_docstrings_and_comments_exist():
    """A name in small letters stands in its own module, a class or a constant anywhere in the code."""
    modules = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if folder != "tests"]
    tokens = {path: read_tokens(path.read_text()) for path in modules if path.parent.name != "migrations"}
    anywhere = set().union(*(code for code, _prose in tokens.values()))
    for path, (code, prose) in tokens.items():
        for name in re.findall(r"`([A-Za-z_]\w*)`", prose):
            assert name in code or (name[0].isupper() and name in anywhere), f"{path.relative_to(ROOT)}: {name}"


def test_every_word_of_ours_has_a_name_in_the_code():
    rows = re.findall(r"^\| (?!Word|-)(.+) \|$", (ROOT / "docs" / "words.md").read_text().split("\n## ", 1)[0], re.MULTILINE)
    assert rows
    for row in rows:
        assert re.search(r"\| `[a-z_]+(\.\w+)+`$", row), row


def test_the_architecture_is_told_in_1200_words_and_draws_every_app():
    assert len(ARCHITECTURE.split()) <= 1200
    picture = re.findall(r"^    +((?:[a-z_]+  +)+)", ARCHITECTURE.split("## The unit")[0], re.MULTILINE)
    assert {name for line in picture for name in line.split()} == first_cells("Apps")


def releases():
    """Return the headings of the changelog with what stands below them, newest first."""
    return [part.split("\n", 1) for part in (ROOT / "CHANGELOG.md").read_text().split("\n## ")[1:]]


def test_the_newest_release_of_the_changelog_is_the_version_of_the_site():
    headings = [heading for heading, _text in releases()]
    assert headings[0] == "Unreleased"
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert re.fullmatch(rf"{re.escape(version)} \(\d{{4}}-\d\d-\d\d\)", headings[1])


def test_every_release_says_what_an_upgrade_needs():
    for heading, text in releases():
        assert re.search(r"^### Upgrading\n\n\S", text, re.MULTILINE), heading


@pytest.mark.django_db
def test_the_example_of_the_architecture_page_is_true(mandate):
    assert next(iter(units(mandate))).address == "heading"
    put(mandate, {"heading": {"fr": "Le mandat"}})
    assert mandate.heading_fr == "Le mandat"
    with pytest.raises(UnknownAddress):
        put(mandate, {"nothing": {"fr": "x"}})


def content_fields(model):
    """Return the names of a model's own fields as content files know them; pictures and people are chosen in the admin."""
    names = {field: key for key, field in RENAMED.items()}
    return {
        names.get(field.name, field.name)
        for field in model._meta.local_fields
        if field.editable
        and not isinstance(field, TranslationField)
        and not field.primary_key
        and not (field.remote_field and key_of(field.related_model, "key") is None)
    }


def test_the_content_page_names_every_field_that_a_file_may_hold():
    text = (ROOT / "docs" / "content.md").read_text()
    models = [*DIRECTORY.values(), *(model for model in apps.get_models() if issubclass(model, SitePage)), SiteSettings]
    for model in models:
        assert {name for name in content_fields(model) if f"`{name}`" not in text} == set(), model


def test_the_content_page_names_every_block_of_the_body():
    blocks = (ROOT / "docs" / "content.md").read_text().split("### Blocks of the body\n", 1)[1].split("\n### ", 1)[0]
    assert set(BodyBlock().child_blocks) == set(re.findall(r"^- `(\w+)`", blocks, re.MULTILINE))
