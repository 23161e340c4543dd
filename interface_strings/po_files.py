"""The text of PO files as the repository holds them: what is read and did not change is written as it was. No Django."""

import io

from babel.messages.pofile import read_po, write_po

# Babel's own header names a project and moments, which would differ after every update.
HEADER = """#
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def parse(text, language):
    """Return the catalogue that stands in the text of a file."""
    return read_po(io.BytesIO(text.encode()), locale=language)


def catalogue_text(catalogue, sort=True):
    """Return a catalogue as the text of a file, without its header."""
    draft = io.BytesIO()
    write_po(draft, catalogue, width=100, omit_header=True, sort_output=sort, ignore_obsolete=True, include_lineno=False)
    return draft.getvalue().decode()


def header(catalogue):
    """Return the header that the file of a catalogue begins with."""
    return HEADER.format(language=catalogue.locale, plural_forms=catalogue.plural_forms)


def header_of(text):
    """Return the header with which the text of a file begins, and the empty line below it."""
    return text[: text.index("\n\n") + 2]
