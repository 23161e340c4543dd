"""The one place that writes addresses: those of whole subtrees, with redirects from what they were before.

Whoever changes the tree, or what is live in it, takes the `lock` first.
"""

from itertools import count

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect

from languages.codes import LANGUAGES, current_language, name_in
from monitoring.advisory_locks import AdvisoryLock
from pages.address_sql import STORE, TOO_LONG
from pages.addresses import STEPS, compute_addresses, place_of, stored_addresses
from pages.list_parts import is_part

# Sent in the transaction of a change (a page was saved, moved or unpublished), once the addresses are up to date. `page`: where
# it stands in the tree; `keys`: its primary key, then of those below it that exist in other languages than before.
addresses_refreshed = Signal()


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
    texts = (f"{name}_{code}" for name in ("heading", "url_slug", "address") for code in LANGUAGES)
    rows = site_page().objects.values_list("pk", "path", "depth", "live", *texts, named=True)
    above = rows.filter(path=page.path[:-STEPS]).first()
    own = rows.get(pk=page.pk)
    now = compute_addresses([place_of(own)], {above.path: stored_addresses(above)} if above else {})[own.path]
    changes = store_addresses(own, now) if now != stored_addresses(own) else []
    for code, address in now.items():
        setattr(page, f"address_{code}", address)
    below = [key for key, _is_alias, _languages in changes if key != own.pk]
    addresses_refreshed.send(site_page(), page=own, keys=[own.pk, *below])
    return [(key, code) for key, is_alias, languages in changes if not is_alias for code in languages]


def store_addresses(page, addresses):
    """Give `page` these addresses by language, and all pages below it what follows, with redirects from their old ones.

    Returns `(key, is alias, languages)` for each that exists in other languages than before, parents first: of the languages
    those in which it did not exist. Raises ValidationError as `refresh_addresses` does.
    """
    redirects = ContentType.objects.get_for_model(Redirect).pk
    place = {"path": page.path, "below": f"{page.path}%", "redirects": redirects, **addresses}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(STORE, place)
            return cursor.fetchall()
    except IntegrityError:
        raise taken_error(page.pk, addresses) from None
    except DataError:
        raise length_error(place) from None


def length_error(place):
    """Return the error that says in which languages an address would be too long, given what `STORE` was given."""
    with connection.cursor() as cursor:
        cursor.execute(TOO_LONG, place)
        languages = [code for code, is_too_long in zip(LANGUAGES, cursor.fetchone(), strict=True) if is_too_long]
    message = _("The whole address would be too long; shorten the slug.")
    return ValidationError({f"url_slug_{code}": message for code in languages})


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
