"""Deleting: what goes along with a page is said before, and what is still used is kept."""

from django.db.models import Q
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

from pages.models import SitePage

MOST_NAMED = 10


def users_of(instance):
    """Return the objects whose current content refers to `instance`, each once."""
    references = ReferenceIndex.get_references_to(instance).group_by_source_object()
    return [source for source, _references in references if source is not None]


def refuse_while_in_use(request, instances):
    """Return an answer that names what uses one of `instances`, None where nothing does.

    Blocks keep what they refer to in JSON, so the database itself would not object: readers would lose half a sentence.
    """
    for instance in instances:
        sources = users_of(instance)
        if sources:
            intro = _("“%(name)s” is still used and was not deleted. Take it out here first:") % {"name": instance}
            messages.error(request, format_html("{}{}", intro, listed(request.user, sources)))
            return redirect(AdminURLFinder(request.user).get_edit_url(instance) or "wagtailadmin_home")
    return None


def leave_out_what_is_used(request, objects):
    """Take out of the list of objects to delete those that are used, and say so; return whether none is left."""
    used = {instance.pk: sources for instance in objects if (sources := users_of(instance))}
    for instance in objects:
        if instance.pk in used:
            intro = _("“%(name)s” is still used and was not deleted. Take it out here first:") % {"name": instance}
            messages.error(request, format_html("{}{}", intro, listed(request.user, used[instance.pk])))
    objects[:] = [instance for instance in objects if instance.pk not in used]
    return not objects


def listed(user, sources):
    """Return a list of objects as HTML, each with a link to its form for who may open it."""
    finder = AdminURLFinder(user)
    named = [(finder.get_edit_url(source), name_of(source)) for source in sources[:MOST_NAMED]]
    items = format_html_join(
        "", "<li>{}</li>", ((format_html('<a href="{}">{}</a>', url, name) if url else name,) for url, name in named)
    )
    return format_html("<ul>{}{}</ul>", items, and_more(len(sources) - len(named)))


def and_more(number):
    """Return the last item of a list that names only the first ones, "" when it names all."""
    text = ngettext("and %(number)s more", "and %(number)s more", max(number, 1)) % {"number": number}
    return format_html("<li>{}</li>", text) if number > 0 else ""


def name_of(source):
    """Return what staff call an object, in their language."""
    return source.specific.get_admin_display_title() if isinstance(source, Page) else str(source)


def what_goes_along(user, pages):
    """Return as lines of HTML which aliases elsewhere, and which public addresses, go when `pages` go."""
    below = Q()
    for page in pages:
        below |= Q(path__startswith=page.path)
    going = SitePage.objects.filter(below)
    aliases = list(Page.objects.filter(alias_of__in=going.values("pk")).exclude(below).specific())
    paths = [path for one in going.for_links() for path in one.paths().values()]
    lines = []
    if aliases:
        intro = _("These aliases mirror it and go offline with it:")
        lines.append(format_html("{}{}", intro, listed(user, aliases)))
    if paths:
        intro = ngettext("%(number)s address will no longer answer:", "%(number)s addresses will no longer answer:", len(paths))
        shown = format_html_join("", "<li>{}</li>", ((path,) for path in paths[:MOST_NAMED]))
        lines.append(format_html("{}<ul>{}{}</ul>", intro % {"number": len(paths)}, shown, and_more(len(paths) - MOST_NAMED)))
    return lines
