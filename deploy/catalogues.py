"""The interface's catalogues (locale/*/LC_MESSAGES/django.po), without the programs of GNU gettext.

`python -m deploy.catalogues` compiles those that changed, `--update` brings them in step with the strings in the code
and the templates, and `--check` says what is missing, superfluous or fuzzy, and fails if anything is.
"""

import argparse
import io
import os
import re
import sys
from copy import deepcopy
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as extract_strings
from babel.messages.mofile import write_mo

from interface_strings.po_files import catalogue_text, header, parse

CHECKOUT = Path(__file__).resolve().parent.parent
LOCALE = CHECKOUT / "locale"
SOURCE_LANGUAGE = "en"  # the message ids are English, so its catalogue says the same as they do
WITHOUT_STRINGS = {"tests", "deploy"}
LAZY = ("gettext_lazy", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy", "gettext_noop")
KEYWORDS = DEFAULT_KEYWORDS | {name: DEFAULT_KEYWORDS.get(name.split("_")[0]) for name in LAZY}


def catalogues():
    """Return the paths of all catalogues."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def own_catalogues():
    """Return the paths of those that hold the strings of our code; others change only strings of packages."""
    return [path for path in catalogues() if path.stem == "django"]


def read(path):
    """Return a catalogue; its language is the name of its folder."""
    return parse(path.read_text(encoding="utf-8"), path.parent.parent.name)


def messages(catalogue):
    """Return the messages of a catalogue, without its header, which Babel has among them."""
    return [message for message in catalogue if message.id]


def compile_changed():
    """Compile every catalogue that is newer than its .mo file, and return the paths of those that were."""
    compiled = []
    for path in catalogues():
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        draft = target.with_name(f"{target.name}.{os.getpid()}")  # two starts at once may both compile
        with draft.open("wb") as file:
            write_mo(file, read(path))
        draft.replace(target)
        compiled.append(path)
    return compiled


def extract():
    """Return a catalogue, without translations, of the strings of the code and the templates."""
    strings = Catalog()
    for path, code in sources():
        name = path.relative_to(CHECKOUT).as_posix()
        for _, text, _, context in extract_strings("python", io.BytesIO(code.encode()), KEYWORDS):
            strings.add(text, locations=[(name, 0)], context=context)
    return strings


def sources():
    """Yield the path and the Python code of every file that may hold strings; templates become code first."""
    from django.utils.translation.template import templatize

    apps = [init.parent for init in sorted(CHECKOUT.glob("*/__init__.py")) if init.parent.name not in WITHOUT_STRINGS]
    for app in apps:
        for path in sorted(app.rglob("*.py")):
            yield path, path.read_text()
    for folder in (CHECKOUT / "templates", *(app / "templates" for app in apps)):
        for path in sorted(folder.rglob("*.*")):
            if path.suffix in {".html", ".txt", ".xml"}:
                code = templatize(path.read_text(), origin=str(path))
                # What Django blanks out keeps its indentation, which means something in Python.
                yield path, "\n".join(line.lstrip() for line in code.splitlines())


def update(path, strings):
    """Bring one catalogue in step with `strings`: translations stay, new strings are empty, old ones go.

    In English new strings say what the code says; what was mended there since stays.
    """
    catalogue = read(path)
    catalogue.update(deepcopy(strings), no_fuzzy_matching=True)  # it takes new strings in as they are, and changes them
    if str(catalogue.locale) == SOURCE_LANGUAGE:
        for message in messages(catalogue):
            if not any(forms(message.string or "")):
                message.string = message.id
    path.write_text(header(catalogue) + catalogue_text(catalogue), encoding="utf-8")


def faults(path, strings):
    """Return what is wrong with one catalogue, a line a fault."""
    name = path.relative_to(CHECKOUT)
    catalogue = read(path)
    lines = [f"{name}: missing: {string.id!r}" for string in messages(strings) if not catalogue.get(string.id, string.context)]
    lines += [f"{name}: superfluous: {message.id!r}" for message in catalogue.obsolete.values()]
    for message in messages(catalogue):
        if message.fuzzy:
            lines.append(f"{name}: fuzzy: {message.id!r}")
        elif not strings.get(message.id, message.context):
            lines.append(f"{name}: superfluous: {message.id!r}")
        elif not all(forms(message.string)):
            lines.append(f"{name}: not translated: {message.id!r}")
        elif placeholders(message.id) != placeholders(message.string):
            lines.append(f"{name}: other placeholders than in the source: {message.id!r}")
    return lines


def forms(text):
    """Return the plural forms of an id or a translation, the text alone where it has none."""
    return (text,) if isinstance(text, str) else text


def placeholders(text):
    """Return the names that a text leaves open, such as `%(count)s`: Babel's own check lets a translation drop one."""
    return {name for form in forms(text) for name in re.findall(r"%\(\w+\)", form)}


def main(arguments):
    """Compile, update or check, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m deploy.catalogues", description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true", help="bring the catalogues in step with the sources")
    parser.add_argument("--check", action="store_true", help="fail if a catalogue is not complete")
    options = parser.parse_args(arguments)
    if options.update or options.check:
        strings = extract()
    if options.update:
        for path in own_catalogues():
            update(path, strings)
    for path in compile_changed():
        print(f"Compiled {path.relative_to(CHECKOUT)}.")
    if not options.check:
        return 0
    lines = [line for path in own_catalogues() for line in faults(path, strings)]
    print("\n".join(lines) or f"{len(strings)} strings, complete in every catalogue.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
