"""Writing what a content file says of an entry of the directory, the settings, a page or a redirect into an object."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from languages.codes import LANGUAGES
from languages.parity import require_parity
from languages.paths import split_path
from newsroom.content.conversion import Conversion
from newsroom.content.items import PAGE_KEYS
from pages.address_writer import clashing_languages, taken_message
from pages.addresses import HOME_DEPTH
from pages.models import SitePage, SiteSettings

FROM_FILES = "The content files say so in one language only."  # for the log, where files left a text behind


class NotLoadable(Exception):
    """An item cannot be loaded as the site is now; says why."""


def write_entry(item, instance, lookup, reserved=()):
    """Set what the item says, check it as the editor would, and save; `lookup(model, key)` returns what it refers to."""
    instance = instance or item.model()
    for name, value in Conversion(item.model, item.entry, lookup).attributes(reserved).items():
        setattr(instance, name, value)
    instance.full_clean()
    instance.save()
    return instance


def write_settings(item, instance, lookup):
    """Write what the item says into the settings, of which there is one row; otherwise as `write_entry`."""
    return write_entry(item, instance or SiteSettings.load(), lookup, ("key",))


def write_synonyms(item, instance, lookup):
    return write_entry(item, instance, lookup, ("key",))


def write_page(item, instance, lookup):
    """Set what the item says on its page, save a revision, and publish it unless the item says `live: false`.

    Raises ValidationError for a slug that is taken or a text that is missing.
    """
    page = item.model.objects.get(pk=instance.pk)
    for name, value in Conversion(item.model, item.entry, lookup).attributes(PAGE_KEYS).items():
        setattr(page, name, value)
    taken_languages = clashing_languages(page, page.get_parent())
    if taken_languages:
        raise ValidationError({f"url_slug_{code}": taken_message(code) for code in taken_languages})
    page.full_clean()
    require_parity(page)
    page.excuse(FROM_FILES)
    revision = page.save_revision(log_action=True)  # the history offers a version where it says that it was saved
    if item.entry.get("live", True):
        revision.publish()
    return page


def write_redirect(item, instance, lookup):
    """Return a redirect from an old address to its page, made now unless there is one.

    Raises `NotLoadable` where a page has the address, or where staff lead it somewhere else.
    """
    page, path = lookup(SitePage, item.entry["page"]), Redirect.normalise_path(item.entry["from"])
    language, address = split_path(path)
    if language in LANGUAGES and SitePage.objects.filter(**{f"address_{language}": address}).exists():
        raise NotLoadable("a page has this address")
    redirect = instance or Redirect.objects.filter(old_path=path, site=None).first() or Redirect(old_path=path)
    if not instance and redirect.pk and redirect.redirect_page_id != page.pk:
        raise NotLoadable("staff lead this address somewhere else")
    redirect.redirect_page_id = page.pk
    redirect.save()
    return redirect


def set_up_site(home):
    """Make `home` the root of the site, and clear away Wagtail's welcome page."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    welcome = Page.objects.filter(depth=HOME_DEPTH, slug="home", content_type__model="page", numchild=0).first()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": address.hostname, "port": port, "root_page": home, "site_name": "Actiris"}
    )
    if welcome and not Site.objects.filter(root_page=welcome).exists():
        welcome.delete()
