"""The one place that writes addresses: those of whole subtrees, with redirects from what they were before.

Whoever changes the tree, or what is live in it, takes the `lock` first.
"""

from itertools import count

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect

from languages.codes import LANGUAGES, current_language, name_in
from languages.paths import path_of
from pages import former_paths
from pages.addresses import MAX_ADDRESS_LENGTH, STEPS, compute_addresses, place_of, stored_addresses

LOCK = 4_107_292_001  # any number that nothing else takes as an advisory lock of this database
# Sent in the transaction of a change (a page was saved, moved or unpublished), once the addresses are up to date. `pages`: the
# page itself, then those below it whose addresses changed.
addresses_refreshed = Signal()
# Of a page, what its addresses follow from, and themselves: the rest may be long, and a subtree large.
TEXTS = tuple(f"{name}_{code}" for name in ("heading", "url_slug", "address") for code in LANGUAGES)
COLUMNS = ("path", "depth", "live", "alias_of", *TEXTS)


def lock():
    """Wait until nobody else changes what addresses depend on, until the end of the transaction.

    Whoever changes the tree, or what is live in it, calls this before reading a row, and before locking one: what is read then
    is what others have committed, and nobody who waits here holds what the other needs.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


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
            numbered = (f"{slug[:75]}-{number}" for number in count(2))
            slug = slug if slug not in taken else next(candidate for candidate in numbered if candidate not in taken)
        slugs[name] = slug
    return slugs


@transaction.atomic
def refresh_addresses(page):
    """Bring the addresses of `page` and all pages below it up to date, and redirect from those that they had before.

    The caller holds the `lock`. Returns `(page, language)` for each language in which one of them exists and did not. Raises
    ValidationError, and changes nothing, when another page has the address or when one becomes too long. The number of queries
    does not grow with the number of pages, but for batches of a thousand.
    """
    pages = site_page().objects.only(*COLUMNS)
    parent = pages.filter(path=page.path[:-STEPS]).first()
    outside = {parent.path: stored_addresses(parent)} if parent else {}
    own = pages.get(pk=page.pk)
    changed, appearances = [], []
    if compute_addresses([place_of(own)], outside)[own.path] != stored_addresses(own):
        changed, appearances = store_addresses([own, *pages.descendant_of(own).order_by("path")], outside)
    for code, address in stored_addresses(own).items():
        setattr(page, f"address_{code}", address)
    addresses_refreshed.send(site_page(), pages=[own, *(other for other in changed if other.pk != own.pk)])
    return appearances


def store_addresses(pages, outside):
    """Store the new addresses of `pages` (parents first) and the redirects from their old ones.

    Returns the pages that changed, and the appearances as `refresh_addresses` does.
    """
    now = compute_addresses([place_of(page) for page in pages], outside)
    changed, old_paths, appearances = [], [], []
    for page in pages:
        before, after = stored_addresses(page), now[page.path]
        if before == after:
            continue
        for code, address in after.items():
            if len(address or "") > MAX_ADDRESS_LENGTH:
                raise ValidationError({f"url_slug_{code}": _("The whole address would be too long; shorten the slug.")})
            if before[code] is not None and before[code] != address:
                old_paths.append((page, path_of(code, before[code])))
            if before[code] is None and address is not None:
                appearances.append((page, code))
            setattr(page, f"address_{code}", address)
        changed.append(page)
    try:
        with transaction.atomic():
            site_page().objects.bulk_update(changed, [f"address_{code}" for code in LANGUAGES], batch_size=1000)
    except IntegrityError:
        raise taken_error(pages[0]) from None
    write_redirects(old_paths, {path: page for page in changed for path in page.paths().values()})
    return changed, appearances


def write_redirects(old_paths, occupied):
    """Redirect the paths that pages had, as (page, path), for good.

    `occupied` maps the paths of today to their pages: what answers is not redirected, so redirects from there to other pages
    wait until the path is free or its page is deleted; those to the page itself go. What staff wrote by hand stays, but the
    newest redirect from a path counts.
    """
    pages_by_path = {Redirect.normalise_path(path): page for page, path in old_paths if path not in occupied}
    automatic = Redirect.objects.filter(automatically_created=True)
    automatic.filter(old_path__in=pages_by_path).delete()
    if occupied:
        automatic.filter(pk__in=redirects_to_themselves(automatic, occupied)).delete()
        former_paths.forget(occupied)
    Redirect.objects.bulk_create(
        [Redirect(old_path=path, redirect_page=page, automatically_created=True) for path, page in pages_by_path.items()],
        batch_size=1000,
    )


def redirects_to_themselves(redirects, occupied):
    """Return the keys of the redirects that lead from one of the `occupied` paths to the page that stands there."""
    pairs = {(Redirect.normalise_path(path), page.pk) for path, page in occupied.items()}
    rows = redirects.filter(old_path__in={path for path, _page in pairs}).values_list("pk", "old_path", "redirect_page")
    return [key for key, *pair in rows if tuple(pair) in pairs]


def taken_error(page):
    """Return the error that says in which language another page has the address already."""
    for code in LANGUAGES:
        address = getattr(page, f"address_{code}")
        if address and site_page().objects.filter(**{f"address_{code}": address}).exclude(pk=page.pk).exists():
            return ValidationError({f"url_slug_{code}": taken_message(code)})
    return ValidationError(_("Another page has one of these addresses already."))


def taken_message(language):
    """Return the message that a slug is taken in `language`."""
    return _("Another page has this address in %(language)s already.") % {"language": name_in(language, current_language())}


def site_page():
    """Return the model of pages, which stands on this module."""
    return apps.get_model("pages", "SitePage")
