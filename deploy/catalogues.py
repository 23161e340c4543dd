"""The interface's catalogues (locale/*/LC_MESSAGES/django.po), without the programs of GNU gettext.

`python -m deploy.catalogues` compiles those that changed, `--update` brings them in step with the strings in the code
and the templates, and `--check` says what is missing, superfluous or fuzzy, and fails if anything is.
"""

import argparse
import io
import os
import re
import sys
from pathlib import Path

import polib

CHECKOUT = Path(__file__).resolve().parent.parent
LOCALE = CHECKOUT / "locale"
SOURCE_LANGUAGE = "en"  # the message ids are English, so its catalogue says the same as they do
WITHOUT_STRINGS = {"tests", "deploy"}
LAZY = ("gettext_lazy", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy", "gettext_noop")


def catalogues():
    """Return the paths of all catalogues."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def compile_changed():
    """Compile every catalogue that is newer than its .mo file, and return those that were."""
    compiled = []
    for path in catalogues():
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        draft = target.with_name(f"{target.name}.{os.getpid()}")  # two starts at once may both compile
        draft.write_bytes(polib.pofile(path).to_binary())
        draft.replace(target)
        compiled.append(path)
    return compiled


def extract():
    """Return the strings of the code and the templates as {(context, text): (plural, files)}."""
    found = {}
    for path, code in sources():
        for text, plural, context in strings_in(code):
            _, files = found.setdefault((context, text), (plural, []))
            name = path.relative_to(CHECKOUT).as_posix()
            if name not in files:
                files.append(name)
            if plural:
                found[context, text] = (plural, files)
    return found


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


def strings_in(code):
    """Yield (text, plural or None, context or None) for every call of gettext's functions in Python code."""
    from babel.messages.extract import DEFAULT_KEYWORDS
    from babel.messages.extract import extract as extract_strings

    keywords = DEFAULT_KEYWORDS | {name: DEFAULT_KEYWORDS.get(name.split("_")[0]) for name in LAZY}
    for _, messages, _, context in extract_strings("python", io.BytesIO(code.encode()), keywords):
        text, plural = messages if isinstance(messages, tuple) else (messages, None)
        if text:
            yield text, plural, context


def update(path, strings):
    """Bring one catalogue in step with `strings`: translations stay, new strings are empty, old ones go."""
    from babel.messages.catalog import PYTHON_FORMAT

    catalogue = polib.pofile(path, wrapwidth=100)
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    catalogue.clear()
    for (context, text), (plural, files) in sorted(strings.items(), key=lambda item: (item[0][1], item[0][0] or "")):
        entry = known.get((context, text)) or polib.POEntry(msgid=text, msgctxt=context)
        entry.occurrences = [(name, "") for name in files]
        entry.msgid_plural = plural or ""
        if plural and not entry.msgstr_plural:
            entry.msgstr, entry.msgstr_plural = "", {0: "", 1: ""}
        if PYTHON_FORMAT.search(text) and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        if language_of(path) == SOURCE_LANGUAGE:
            entry.msgstr, entry.msgstr_plural = ("", {0: text, 1: plural}) if plural else (text, {})
        catalogue.append(entry)
    catalogue.save(path)


def language_of(path):
    """Return the language of a catalogue, which is the name of its folder."""
    return path.parent.parent.name


def faults(path, strings):
    """Return what is wrong with one catalogue, a line a fault."""
    name = path.relative_to(CHECKOUT)
    catalogue = polib.pofile(path)
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}
    lines = [f"{name}: missing: {text!r}" for context, text in strings if (context, text) not in known]
    for entry in catalogue:
        if entry.fuzzy:
            lines.append(f"{name}: fuzzy: {entry.msgid!r}")
        elif entry.obsolete or (entry.msgctxt, entry.msgid) not in strings:
            lines.append(f"{name}: superfluous: {entry.msgid!r}")
        elif not entry.translated():
            lines.append(f"{name}: not translated: {entry.msgid!r}")
        elif placeholders(entry.msgid, entry.msgid_plural) != placeholders(entry.msgstr, *entry.msgstr_plural.values()):
            lines.append(f"{name}: other placeholders than in the source: {entry.msgid!r}")
    return lines


def placeholders(*texts):
    """Return the names that `texts` leave open, such as `%(count)s`."""
    return {name for text in texts for name in re.findall(r"%\(\w+\)", text)}


def main(arguments):
    """Compile, update or check, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m deploy.catalogues", description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true", help="bring the catalogues in step with the sources")
    parser.add_argument("--check", action="store_true", help="fail if a catalogue is not complete")
    options = parser.parse_args(arguments)
    if options.update or options.check:
        strings = extract()
    if options.update:
        for path in catalogues():
            update(path, strings)
    for path in compile_changed():
        print(f"Compiled {path.relative_to(CHECKOUT)}.")
    if not options.check:
        return 0
    lines = [line for path in catalogues() for line in faults(path, strings)]
    print("\n".join(lines) or f"{len(strings)} strings, complete in every catalogue.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
