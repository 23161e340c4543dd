"""The one place that writes addresses: those of whole subtrees, with redirects from what they were before.

Whoever changes the tree, or what is live in it, takes the `lock` first.
"""

from dataclasses import dataclass
from itertools import count

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext as _

from languages.codes import LANGUAGES, current_language, name_in
from languages.paths import path_of
from monitoring.advisory_locks import AdvisoryLock
from pages.addresses import MAX_ADDRESS_LENGTH, STEPS, compute_addresses, place_of, stored_addresses
from pages.list_parts import is_part
from pages.redirect_writer import write_redirects

# Sent in the transaction of a change (a page was saved, moved or unpublished), once the addresses are up to date. `page`: where
# it stands in the tree; `keys`: its primary key, then of those below it that exist in other languages than before.
addresses_refreshed = Signal()
# Of a page, what its addresses follow from, and themselves: the rest may be long, and a subtree large.
TEXTS = tuple(f"{name}_{code}" for name in ("heading", "url_slug", "address") for code in LANGUAGES)
COLUMNS = ("path", "depth", "live", "alias_of_id", *TEXTS)
STORE = f"""
    UPDATE pages_sitepage SET {", ".join(f"address_{code} = now.{code}" for code in LANGUAGES)}
    FROM unnest(%s::integer[], {", ".join("%s::text[]" for _code in LANGUAGES)}) AS now (key, {", ".join(LANGUAGES)})
    WHERE page_ptr_id = now.key
"""  # noqa: S608  (constants only)


def lock():
    """Wait until nobody else changes what addresses depend on, until the end of the transaction.

    Whoever changes the tree, or what is live in it, calls this before reading a row, and before locking one: what is read then
    is what others have committed, and nobody who waits here holds what the other needs.
    """
    AdvisoryLock.ADDRESSES.wait()


def clashing_languages(page, parent):
    """Return the languages in which a page placed under `parent` would share its slug with a sibling."""
    slugs = {code: getattr(page, f"url_slug_{code}") for code in LANGUAGES}
    same = Q()
    for code, slug in slugs.items():
        same |= Q(**{f"url_slug_{code}": slug}) if slug else Q()
    if parent is None or not same:
        return []
    siblings = site_page().objects.child_of(parent).exclude(pk=page.pk).filter(same)
    return [
        code for code, slug in slugs.items() if slug and any(getattr(other, f"url_slug_{code}") == slug for other in siblings)
    ]


def free_slugs(page, parent, also_own=False):
    """Return slugs for `page` under `parent` that no sibling has: "eures-2" where "eures" is taken in that language.

    With `also_own` the page's own slugs count as taken too, as they do for its copy.
    """
    siblings = site_page().objects.child_of(parent)
    siblings = siblings if also_own else siblings.exclude(pk=page.pk)
    slugs = {}
    for code in LANGUAGES:
        name, slug = f"url_slug_{code}", getattr(page, f"url_slug_{code}")
        if slug:
            taken = set(siblings.filter(**{f"{name}__startswith": slug[:75]}).values_list(name, flat=True))
            hyphen = "" if is_part(code, f"{slug}-2") else "-"  # which would be the address of a part of a list
            numbered = (f"{slug[:75]}{hyphen}{number}" for number in count(2))
            slug = slug if slug not in taken else next(candidate for candidate in numbered if candidate not in taken)
        slugs[name] = slug
    return slugs


@transaction.atomic
def refresh_addresses(page):
    """Bring the addresses of `page` and all pages below it up to date, and redirect from those that they had before.

    The caller holds the `lock`. Returns `(key, language)` for each language in which one exists and did not, but for aliases.
    Raises ValidationError, and changes nothing, when another page has the address or when one becomes too long. The number of
    statements does not grow with the number of pages.
    """
    rows = site_page().objects.values_list("pk", *COLUMNS, named=True)
    above = rows.filter(path=page.path[:-STEPS]).first()
    outside = {above.path: stored_addresses(above)} if above else {}
    own = rows.get(pk=page.pk)
    changes, now = [], compute_addresses([place_of(own)], outside)[own.path]
    if now != stored_addresses(own):
        below = site_page().objects.descendant_of(page_at(own)).order_by("path")
        changes = store_addresses([own, *below.values_list("pk", *COLUMNS, named=True)], outside)
    for code, address in now.items():
        setattr(page, f"address_{code}", address)
    moved = [change.page.pk for change in changes if change.exists_elsewhere]
    addresses_refreshed.send(site_page(), page=own, keys=[own.pk, *(key for key in moved if key != own.pk)])
    return [(change.page.pk, code) for change in changes if not change.page.alias_of_id for code in change.appearances]


def page_at(row):
    """Return a page that is where a row is, to ask the tree."""
    return site_page()(pk=row.pk, path=row.path, depth=row.depth)


def store_addresses(pages, outside):
    """Store the new addresses of `pages`, rows with parents first, and the redirects from their old ones; return `Change`s."""
    now = compute_addresses([place_of(page) for page in pages], outside)
    changes = [Change(page, stored_addresses(page), now[page.path]) for page in pages]
    changes = [change for change in changes if change.before != change.after]
    for change in changes:
        for code, address in change.after.items():
            if len(address or "") > MAX_ADDRESS_LENGTH:
                raise ValidationError({f"url_slug_{code}": _("The whole address would be too long; shorten the slug.")})
    columns = [[change.after[code] for change in changes] for code in LANGUAGES]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(STORE, [[change.page.pk for change in changes], *columns])
    except IntegrityError:
        raise taken_error(pages[0].pk, now[pages[0].path]) from None
    occupied = {path: change.page.pk for change in changes for path in change.paths}
    write_redirects([(change.page.pk, path) for change in changes for path in change.left_paths], occupied)
    return changes


@dataclass(frozen=True, slots=True)
class Change:
    """The addresses of a page, given as a row, by language: before and after."""

    page: object
    before: dict
    after: dict

    @property
    def paths(self):
        """The paths at which it is."""
        return [path_of(code, address) for code, address in self.after.items() if address is not None]

    @property
    def left_paths(self):
        """The paths at which it was and is no more."""
        pairs = (
            (code, address) for code, address in self.before.items() if address is not None and address != self.after[code]
        )
        return [path_of(code, address) for code, address in pairs]

    @property
    def appearances(self):
        """The languages in which it exists and did not."""
        return [code for code, address in self.after.items() if address is not None and self.before[code] is None]

    @property
    def exists_elsewhere(self):
        """Say whether it exists in other languages than before."""
        return any((address is None) != (self.before[code] is None) for code, address in self.after.items())


def taken_error(key, addresses):
    """Return the error that says in which language another page has one of the addresses that a page was to have."""
    for code, address in addresses.items():
        if address and site_page().objects.filter(**{f"address_{code}": address}).exclude(pk=key).exists():
            return ValidationError({f"url_slug_{code}": taken_message(code)})
    return ValidationError(_("Another page has one of these addresses already."))


def taken_message(language):
    """Return the message that a slug is taken in `language`."""
    return _("Another page has this address in %(language)s already.") % {"language": name_in(language, current_language())}


def site_page():
    """Return the model of pages, which stands on this module."""
    return apps.get_model("pages", "SitePage")
