"""The catalogues that the site runs with, its own and those of its packages, read in the order in which Django asks them."""

import contextlib
import io
import logging
from dataclasses import dataclass, field
from hashlib import blake2s
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale

from languages.codes import LANGUAGES

logger = logging.getLogger(__name__)
DOMAINS = ("django", "djangojs")  # of the server, and of Wagtail's scripts
OURS = ""  # the package of the site's own catalogues
SOURCE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """One file: of which package (a dotted name, `OURS` for the site itself), language and domain it is."""

    package: str
    language: str
    domain: str
    path: Path


@dataclass(slots=True)
class CatalogueEntry:
    """One string of the interface in all catalogues: `filed` holds its texts by language, in as many forms as we write.

    `places` are pairs of a package and a path within it.
    """

    domain: str
    context: str
    msgid: str
    plural: str = ""
    filed: dict = field(default_factory=dict)
    packages: list = field(default_factory=list)
    places: list = field(default_factory=list)
    comments: list = field(default_factory=list)

    @property
    def key(self):
        return key_of(self.domain, self.context, self.msgid)


def key_of(domain, context, msgid):
    """Return what names a string, in 32 hexadecimal digits: gettext finds it by these three."""
    return blake2s("\x04".join((domain, context, msgid)).encode(), digest_size=16).hexdigest()


def forms_count(language):
    """Return how many forms of a plural we write in a language."""
    return Catalog(locale=to_locale(language)).num_plurals


def catalogue_files():
    """Return the files, those first that Django asks first; what somebody mended in the admin is not among them."""
    overlay = Path(settings.STRINGS_ROOT)
    folders = [(OURS, Path(path)) for path in settings.LOCALE_PATHS if Path(path) != overlay]
    folders += [(config.name, Path(config.path) / "locale") for config in apps.get_app_configs()]
    folders.append(("django", Path(django.__file__).parent / "conf" / "locale"))
    return [
        CatalogueFile(package, language, domain, path)
        for package, folder in folders
        for domain in DOMAINS
        for language in LANGUAGES
        if (path := existing(folder / to_locale(language) / "LC_MESSAGES" / domain))
    ]


def existing(stem):
    """Return the source of a catalogue where it is shipped, else the compiled one, None where there is neither."""
    candidates = (stem.with_name(f"{stem.name}{suffix}") for suffix in (".po", ".mo"))
    return next((path for path in candidates if path.exists()), None)


def digest_of(files):
    """Return a digest of what catalogues say, and of the code that checks them: it changes when they have to be read anew."""
    digest = blake2s(digest_size=16)
    for path in [*(one.path for one in files), *sorted(Path(__file__).parent.glob("*.py"))]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def read(file):
    """Return a `Catalog`. Raises ValueError for a file that is none, such as one with a broken plural header.

    What Babel makes nothing of, such as the beginning of a file, it reads as a catalogue without strings: ours have some.
    """
    reader = read_po if file.path.suffix == ".po" else read_mo
    with file.path.open("rb") as stream, contextlib.redirect_stdout(io.StringIO()):  # Babel prints what it leaves out
        catalogue = reader(stream) if reader is read_mo else reader(stream, locale=to_locale(file.language))
    if catalogue.num_plurals < 1:
        raise ValueError("The header of plurals is broken.")
    if file.package == OURS and not len(catalogue):
        raise ValueError("It holds no strings.")
    return catalogue


def read_all(files):
    """Return the `CatalogueEntry`s of all files by key, and a line, which is logged too, for each file that cannot be read."""
    entries, unreadable = {}, []
    for file in files:
        try:
            catalogue = read(file)
        except (ValueError, TypeError, LookupError, OSError, SyntaxError) as error:
            unreadable.append(f"{file.path}: {error}")
            logger.error("Interface strings: %s cannot be read: %s", file.path, error)
            continue
        for message in catalogue:
            if message.id and not message.fuzzy:
                take_in(entries, file, message)
    return entries, unreadable


def take_in(entries, file, message):
    """Add what one file says of a string; what an earlier one said of it stays."""
    msgid, *plural = (message.id,) if isinstance(message.id, str) else message.id
    entry = CatalogueEntry(file.domain, message.context or "", msgid)
    entry = entries.setdefault(entry.key, entry)
    entry.plural = entry.plural or "".join(plural)
    entry.packages += [file.package] if file.package not in entry.packages else []
    places = ((file.package, path) for path, _line in message.locations)
    entry.places += [place for place in dict.fromkeys(places) if place not in entry.places]
    entry.comments += [line for line in (*message.auto_comments, *message.user_comments) if line not in entry.comments]
    forms = own_forms(message.string, forms_count(file.language) if entry.plural else 1)
    if file.language not in entry.filed and all(forms):
        entry.filed[file.language] = forms


def own_forms(string, count):
    """Return the forms of a translation as so many as we write: packages have a form of their own for millions in French."""
    forms = [string] if isinstance(string, str) else list(string)
    if len(forms) <= count:
        return forms + forms[-1:] * (count - len(forms))
    return forms[:1] if count == 1 else [*forms[: count - 1], forms[-1]]
