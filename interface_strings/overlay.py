"""The edits compiled where Django looks first: a folder of this host, which is written from the database and can be lost.

`STRINGS_ROOT` holds `<language>/LC_MESSAGES/<domain>.mo` and the version that they were written from. Only one process of a
host writes at a time; each file appears whole or not at all.
"""

import fcntl
import gettext
import logging
import os
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.conf import settings
from django.utils.translation import to_locale, trans_real

from interface_strings.catalogue_files import DOMAINS
from interface_strings.models import StringEdit
from languages.codes import LANGUAGES

logger = logging.getLogger(__name__)


def root():
    return Path(settings.STRINGS_ROOT)


def path_of(language, domain):
    return root() / to_locale(language) / "LC_MESSAGES" / f"{domain}.mo"


def written_version():
    """Return the version from which this host's files were written, None where there are none."""
    try:
        return (root() / "version").read_text()
    except OSError:
        return None


def bring_up_to_date(version):
    """Write the files of this host, unless they are of `version` already. Raises OSError where the folder cannot be written."""
    if written_version() == version or (not version and written_version() is None):
        return
    root().mkdir(parents=True, exist_ok=True)
    with lock():
        if written_version() != version:
            for (language, domain), catalogue in compile_edits().items():
                replace(path_of(language, domain), lambda file, of=catalogue: write_mo(file, of))
            replace(root() / "version", lambda file: file.write(version.encode()))


@contextmanager
def lock():
    """Hold the folder for this process; the kernel gives it back when its holder dies."""
    with (root() / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def compile_edits():
    """Return a `Catalog` of the edits for each language and domain, with one query: an empty one where there are none."""
    catalogues = {
        (language, domain): Catalog(locale=to_locale(language), domain=domain) for language in LANGUAGES for domain in DOMAINS
    }
    for edit in StringEdit.objects.select_related("string").filter(language__in=LANGUAGES):
        string, forms = edit.string, edit.forms_for(edit.string)
        catalogues[edit.language, string.domain].add(
            string.sources if string.plural else string.msgid,
            tuple(forms) if string.plural else forms[0],
            context=string.context or None,
        )
    return catalogues


def replace(path, write):
    """Write a file beside its place, and move it there when it is whole and on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def forget_translations():
    """Let this process read the catalogues anew, each language when it is next asked for.

    Django's own reloader also forgets which language each thread speaks, so that a page that is just being made would go on in
    the first one. Here it goes on with the catalogue that it began with.
    """
    gettext._translations = {}
    trans_real._translations = {}
    trans_real._default = None


def drop_broken_files():
    """Delete what a full disk or a crash left unreadable: no page could be shown with it. It will be written anew."""
    for path in root().glob("*/LC_MESSAGES/*.mo"):
        try:
            with path.open("rb") as file:
                gettext.GNUTranslations(file)
        except Exception as error:  # whatever reading it leads to
            logger.error("Interface strings: %s is broken and was deleted: %s", path, error)
            path.unlink(missing_ok=True)
            (root() / "version").unlink(missing_ok=True)
