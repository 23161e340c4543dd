"""What the addresses in a list of redirects mean on this site: which lead from where, and to what."""

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect

from delivery.own_addresses import OwnAddresses
from delivery.published import part_paths
from delivery.redirects import is_on_this_site, tidy_query
from languages.codes import LANGUAGES
from languages.paths import path_of, split_path
from pages.addresses import HOME_DEPTH, neutral_path, tidy_path
from pages.list_parts import split_part
from pages.models import SitePage

MAX_PATH_LENGTH = Redirect._meta.get_field("old_path").max_length
require_web_address = URLValidator(schemes=["https"])


class RefusedError(ValueError):
    """An address that a redirect cannot have; its argument says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a redirect leads: to a page (its key), or to an address.

    `path` is the key of an address on this site at which neither a page nor the site itself answers: a redirect may lead on
    from there.
    """

    page: int | None = None
    link: str = ""
    path: str = ""


class PageAddresses:
    """All addresses of pages, as `{path: (page, language)}`, with one query; "" is the language of a neutral one.

    `own` says what else answers.
    """

    def __init__(self):
        self.by_path, self.paths, self.own = {}, {}, OwnAddresses()
        names = [f"address_{code}" for code in LANGUAGES]
        for key, slug, depth, *addresses in SitePage.objects.values_list("pk", "slug", "depth", *names):
            paths = {code: path_of(code, one) for code, one in zip(LANGUAGES, addresses, strict=True) if one is not None}
            if paths:
                self.paths[key] = paths | {"": neutral_path(slug, depth == HOME_DEPTH)}
                self.by_path |= {path: (key, code) for code, path in self.paths[key].items()}

    def has_part(self, path):
        """Say whether a further part of a list is at a path: asked once, and only where one may be."""
        return split_part(*split_path(path)) is not None and path in self.parts

    @cached_property
    def parts(self):
        return set(part_paths())


def source_key(text, pages):
    """Return the path from which a redirect leads, as it is stored, in small letters. Raises `RefusedError`."""
    parts = split_own(text)
    if parts is None:
        raise RefusedError(_("This address is on another site."))
    path, query, _fragment = parts
    tidied = tidy_path(path)
    if tidied in pages.by_path or pages.has_part(tidied):
        raise RefusedError(_("A page answers at this address."))
    if pages.own.has(path) or pages.own.has(tidied):
        raise RefusedError(_("The site itself answers at this address."))
    return require_length(key_of(path, query))


def read_target(text, language, pages):
    """Return the `Target` that an address means for a redirect from an address in a language, or in none of the site's.

    Raises `RefusedError` for what leads to another language, or is no address.
    """
    parts = split_own(text)
    if parts is None:
        return foreign_target(text)
    path, query, fragment = parts
    tidied = tidy_path(path)
    target_language = split_path(tidied)[0]
    if {language, target_language} <= set(LANGUAGES) and target_language != language:
        raise RefusedError(_("This leads to another language."))
    if tidied in pages.by_path and not query and not fragment:
        key, page_language = pages.by_path[tidied]
        if language in LANGUAGES and language not in pages.paths[key]:
            raise RefusedError(_("The page does not exist in this language."))
        if page_language == language or not page_language:
            return Target(page=key)
    is_own = tidied not in pages.by_path and pages.own.has(path)
    if is_own and not pages.own.leads_readers(path):
        raise RefusedError(_("Readers find nothing at the address that this leads to."))
    is_known = tidied in pages.by_path or is_own or pages.has_part(tidied)
    link = settings.SITE_URL + urlunsplit(("", "", quote(path if is_own else tidied), query, fragment))
    return Target(link=require_length(link), path="" if is_known else key_of(path, query))


def foreign_target(text):
    """Return the target of an address on another site."""
    try:
        require_web_address(text)
        if "@" in urlsplit(text).netloc:  # a name before it looks like the site that the address leads to
            raise ValidationError(text)
    except ValidationError:
        raise RefusedError(_("An address on another site must begin with https:// and be whole.")) from None
    return Target(link=require_length(text))


def split_own(text):
    """Return path, query and fragment of an address on this site, None for one elsewhere. Raises `RefusedError`."""
    try:
        parts = urlsplit(text)
        if not is_on_this_site(parts):
            return None
    except ValueError:
        raise RefusedError(_("This is not an address.")) from None
    path = unquote(parts.path) or ("/" if parts.netloc else "")
    if "@" in parts.netloc or not path.isprintable():
        raise RefusedError(_("This is not an address."))
    if not path.startswith("/") or (parts.scheme and not parts.netloc):
        raise RefusedError(_("An address begins with a slash or with https://."))
    return path, parts.query, parts.fragment


def key_of(path, query=""):
    """Return a path with its query as Wagtail stores redirects, in small letters and without what was pasted along.

    A query that only counts who came by a link is none, and another is encoded in one way.
    """
    query = tidy_query(query)
    return Redirect.normalise_path(quote(tidy_path(path)) + (f"?{query}" if query else "")).lower()


def key_of_stored(redirect):
    """Return the key of a redirect, however its query was spelt when it was stored."""
    path, mark, query = redirect.old_path.partition("?")
    return (f"{path}?{tidy_query(query)}" if mark else path).lower()


def require_length(address):
    """Return an address that a redirect has room for. Raises `RefusedError` for a longer one."""
    if len(address) > MAX_PATH_LENGTH:
        raise RefusedError(_("This address is too long: it may have 255 characters."))
    return address
