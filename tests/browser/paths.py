"""What a browser visits: the public paths of the starting content, read from its files, and what has no page of its own."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import Signer

from draft_links import tokens
from draft_links.paths import comment_path, draft_path
from languages.codes import LANGUAGES
from newsroom.content.files import read_file
from tests.browser.more_pages import DRAFT_KEYS, ENDED_KEY
from tests.browser.serving import SECRET_KEY

CONTENT = settings.BASE_DIR / "content"


@dataclass(frozen=True)
class Visit:
    """A path, and how one comes to see what the checks are to look at."""

    path: str
    fields: dict | None = None  # values of the form in `main` by name: it is filled in and sent, even with none
    staff: bool = False  # seen by a logged-in publisher
    broken: bool = False  # seen while the site's database is gone


def paths():
    """Return the path of every page by (key, language)."""
    entries = {path.stem: read_file(path, CONTENT) for path in sorted((CONTENT / "pages").glob("*.yaml"))}

    def steps(key, language):
        entry = entries[key]
        above = steps(entry["parent"], language) if entry.get("parent") else []
        return [*above, entry["url_slug"][language]] if entry.get("url_slug") else above

    return {
        (key, language): "/" + "".join(f"{step}/" for step in [language, *steps(key, language)])
        for key in entries
        for language in LANGUAGES
    }


def token_of(key):
    """Return the token of a link as the site signs it that the browser visits."""
    return Signer(key=SECRET_KEY, salt=tokens.SIGNER.salt, sep=tokens.SIGNER.sep).sign(key)


PATHS = paths()
# What has no page of its own, but is seen all the same: a line each. The lists and the blocks come from more_pages.py.
OTHERS = {
    ("choice", "nl"): Visit("/"),
    ("choice-of-a-page", "nl"): Visit("/p/0123456789ab/"),
    ("not-found", "nl"): Visit("/nl/jongerengarantie-2019/aanmelden/"),
    ("not-found", "fr"): Visit("/fr/garantie-pour-la-jeunesse/inscription/"),
    ("not-found", "en"): Visit("/en/nothing/"),
    ("no-language", "nl"): Visit("/nothing/"),
    ("out-of-order", "nl"): Visit("/nl/", broken=True),
    ("empty-list", "nl"): Visit("/nl/lege-lijst-nl/"),
    ("empty-list", "fr"): Visit("/fr/lege-lijst-fr/"),
    ("empty-list", "en"): Visit("/en/lege-lijst-en/"),
    ("long-list", "nl"): Visit("/nl/lange-lijst-nl/pagina-2/"),
    ("long-list", "fr"): Visit("/fr/lange-lijst-fr/page-2/"),
    ("long-list", "en"): Visit("/en/lange-lijst-en/page-2/"),
    ("question", "nl"): Visit("/nl/reactie/0123456789ab/"),
    ("question", "fr"): Visit("/fr/votre-avis/0123456789ab/"),
    ("question", "en"): Visit("/en/feedback/0123456789ab/"),
    ("form-with-errors", "nl"): Visit("/nl/reactie/0123456789ab/", fields={}),
    ("form-with-errors", "fr"): Visit("/fr/votre-avis/0123456789ab/", fields={}),
    ("form-with-errors", "en"): Visit("/en/feedback/0123456789ab/", fields={}),
    ("contact-form", "nl"): Visit("/nl/schrijf-ons/"),
    ("contact-form", "en"): Visit("/en/write-to-us/"),
    ("contact-form-with-errors", "fr"): Visit("/fr/nous-ecrire/", fields={"email": "jan"}),
    **{("draft", code): Visit(draft_path(code, token_of(DRAFT_KEYS[code]))) for code in LANGUAGES},
    **{("draft-side-by-side", code): Visit(draft_path(code, token_of(DRAFT_KEYS[""]))) for code in LANGUAGES},
    ("draft-gone", "nl"): Visit(draft_path("nl", token_of(ENDED_KEY))),
    ("draft-gone", "fr"): Visit(draft_path("fr", token_of(ENDED_KEY))),
    ("draft-comment", "nl"): Visit(comment_path("nl", token_of(DRAFT_KEYS["nl"]))),
    ("draft-comment-with-errors", "fr"): Visit(comment_path("fr", token_of(DRAFT_KEYS["fr"])), fields={"name": "An"}),
    ("search", "nl"): Visit("/nl/zoeken/?q=netwerk"),
    ("search", "fr"): Visit("/fr/recherche/?q=emploi&page=2"),
    ("search", "en"): Visit("/en/search/?q=fonds"),
    ("search-empty", "nl"): Visit("/nl/zoeken/"),
    ("search-nothing", "fr"): Visit("/fr/recherche/?q=jeunsse"),
    ("design", "nl"): Visit("/admin/_design/nl/", staff=True),
    ("design", "fr"): Visit("/admin/_design/fr/", staff=True),
    ("design", "en"): Visit("/admin/_design/en/", staff=True),
    ("every-block", "nl"): Visit("/nl/blokken-nl/"),
    ("every-block", "fr"): Visit("/fr/blokken-fr/"),
    ("every-block", "en"): Visit("/en/blokken-en/"),
}
EVERY = {place: Visit(path) for place, path in PATHS.items()} | OTHERS
