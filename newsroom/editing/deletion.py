"""Deletion: staff are warned of what goes along with a page, and what is still used cannot be deleted."""

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str, get_valid_next_url_from_request
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.models import Page, ReferenceIndex, Revision

from directory.references import referenced_keys
from languages.codes import LANGUAGES
from languages.numbers import format_number
from pages import deletions
from pages.models import SitePage

MAX_NAMED = 10


def objects_using(instances):
    """Return what uses each of `instances`, which are of one model: a mapping of primary keys to lists of objects, each once.

    What stands in a page's latest draft, or in a version that is scheduled, is used too: one day it is published.
    """
    if not instances:
        return {}
    used = {instance.pk: objects_using_now(instance) for instance in instances}
    for page, keys in drafts_referring_to(type(instances[0]), used):
        for key in keys & used.keys():
            if all(not isinstance(source, Page) or source.pk != page.pk for source in used[key]):
                used[key].append(page)
    return {key: sources for key, sources in used.items() if sources}


def objects_using_now(instance):
    """Return the objects whose current content refers to `instance`."""
    references = ReferenceIndex.get_references_to(instance).group_by_source_object()
    return [source for source, _references in references if source is not None]


def drafts_referring_to(model, keys):
    """Yield each page of which a version waits to be published, with what that refers to of `model`: its primary keys.

    The database leaves out the versions that hold none of the numbers `keys`, so that hardly any is read.
    """
    is_latest_draft = Q(pk__in=Page.objects.filter(has_unpublished_changes=True).values("latest_revision"))
    unpublished = Revision.page_revisions.filter(Q(approved_go_live_at__isnull=False) | is_latest_draft)
    numbers = rf"\y({'|'.join(map(str, keys))})\y"
    mentioning = unpublished.alias(text=Cast("content", TextField())).filter(text__regex=numbers)
    for revision in mentioning.prefetch_related("content_object"):
        if page := revision.content_object:
            yield page, referenced_keys(revision.as_object()).get(model, set())


def leave_out_used(request, instances):
    """Take out of a list of objects to delete those that are used, and say by what; return an answer where none is left.

    Blocks keep what they refer to in JSON, so the database itself would not object: readers would lose half a sentence.
    """
    used = objects_using(instances)
    first = instances[0] if instances else None
    for instance in instances:
        if instance.pk in used:
            intro = _("‘%(name)s’ is still used and was not deleted. Take it out here first:") % {"name": instance}
            messages.error(request, format_html("{}{}", intro, list_html(request.user, used[instance.pk])))
    instances[:] = [instance for instance in instances if instance.pk not in used]
    if instances:
        return None
    back = get_valid_next_url_from_request(request)
    return redirect(back or (first and AdminURLFinder(request.user).get_edit_url(first)) or "wagtailadmin_home")


def list_html(user, sources):
    """Return a list of objects as HTML, each with a link to its form for anyone who may open it."""
    finder = AdminURLFinder(user)
    names = [(finder.get_edit_url(source), get_latest_str(source)) for source in sources[:MAX_NAMED]]
    items = format_html_join(
        "", "<li>{}</li>", ((format_html('<a href="{}">{}</a>', url, name) if url else name,) for url, name in names)
    )
    return format_html("<ul>{}{}</ul>", items, and_more_item(len(sources) - len(names)))


def and_more_item(number):
    """Return the last item of a list that names only the first ones, "" when it names all."""
    text = ngettext("and %(number)s more", "and %(number)s more", max(number, 1)) % {"number": number}
    return format_html("<li>{}</li>", text) if number > 0 else ""


def delete_later(request, page):
    """Take a page with very many below it offline, to be deleted page by page; return the answer, None for other pages."""
    if not deletions.is_large(page) or not type_to_delete_confirmation(request):
        return None
    order_deletion(request, page)
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


def leave_out_large(request, pages, action):
    """Do so with the large ones in a list of pages to delete, and take them out of it; return an answer where none is left."""
    for page in filter(deletions.is_large, pages):
        order_deletion(request, page)
    pages[:] = [page for page in pages if not deletions.is_large(page)]
    return None if pages else redirect(action.next_url)


def order_deletion(request, page):
    """Let a page be deleted later with all below it, and say so."""
    deletions.order(page, request.user)
    text = _("‘%(page)s’ and the %(number)s pages below it are offline now. They are being deleted, which goes on by itself.")
    names = {"page": page.specific.get_admin_display_title(), "number": format_number(page.get_descendant_count())}
    messages.success(request, text % names)


def say_what_is_deleted(request, parent):
    """Say which pages below a page of the explorer, or above it, are being deleted, and how many are left."""
    for deletion in deletions.Deletion.objects.select_related("page"):
        path = deletion.page.path
        if parent.path.startswith(path) or path[: -Page.steplen] == parent.path:
            number = deletion.pages.count()
            text = ngettext(
                "‘%(page)s’ is being deleted: %(number)s page is left.",
                "‘%(page)s’ is being deleted: %(number)s pages are left.",
                number,
            )
            messages.info(request, text % {"page": deletion.page.get_admin_display_title(), "number": format_number(number)})


def deletion_warnings(user, pages):
    """Return as lines of HTML which aliases elsewhere, and which public addresses, go when `pages` go."""
    below = Q()
    for page in pages:
        below |= Q(path__startswith=page.path)
    subtree = SitePage.objects.filter(below)
    aliases = list(Page.objects.filter(alias_of__in=subtree.values("pk")).exclude(below).specific())
    counts = subtree.aggregate(**{code: Count(f"address_{code}") for code in LANGUAGES})
    first = subtree.existing().for_links().order_by("path")[:MAX_NAMED]
    paths, number = [path for one in first for path in one.paths().values()], sum(counts.values())
    lines = []
    if aliases:
        intro = _("These aliases mirror it and go offline with it:")
        lines.append(format_html("{}{}", intro, list_html(user, aliases)))
    if paths:
        intro = ngettext("%(number)s address will no longer answer:", "%(number)s addresses will no longer answer:", number)
        items = format_html_join("", "<li>{}</li>", ((path,) for path in paths[:MAX_NAMED]))
        lines.append(format_html("{}<ul>{}{}</ul>", intro % {"number": number}, items, and_more_item(number - MAX_NAMED)))
    return lines
