"""The links around every page: menu, breadcrumbs, languages and footer. No tag makes a query."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from languages.codes import current_language
from languages.made_once import made_once
from languages.templatetags.languages import text
from pages.navigation import Navigation

register = template.Library()
HERE = ' aria-current="page"'


def list_items(contents):
    """Return the items of a list, a line each."""
    return mark_safe("".join(f"\n<li>{content}</li>\n" for content in contents))  # noqa: S308  (escaped by whoever made them)


def link(path, label, attributes=""):
    return f'<a href="{escape(path)}"{attributes}>{conditional_escape(label)}</a>'


@register.simple_tag(takes_context=True)
def frame_part(context, template_name):
    """Print a template of the site and its navigation: rendered once for all pages around which the same stands."""
    shown = {name: context.get(name) for name in ("page", "navigation", "site", "language")}
    page, navigation = shown["page"], shown["navigation"]
    if type(navigation) is not Navigation or not getattr(page, "preloaded", None):  # such as around a draft
        return render_to_string(template_name, shown)
    place = navigation.section and navigation.section.pk, next((one.pk for one in navigation.pages if one.pk == page.pk), None)
    key = template_name, shown["language"], place, page.preloaded.frame
    return made_once(key, lambda: render_to_string(template_name, shown))


@register.simple_tag
def menu_items(navigation, page):
    """Print the sections of the site, with a mark at that in which the reader is."""
    section, items = navigation.section, []
    for entry in navigation.menu:
        is_section = section and entry.pk == section.pk
        mark = HERE if page and entry.pk == page.pk else ' aria-current="true"' if is_section else ""
        items.append(link(entry.path_for(current_language())[0], text(entry, "heading"), mark))
    return list_items(items)


@register.simple_tag
def breadcrumb_items(navigation, page):
    """Print what stands above a page, the home page first, and the page itself."""
    names = [_("Home"), *(text(ancestor, "heading") for ancestor in navigation.breadcrumbs[1:])]
    above = zip(navigation.breadcrumbs, names, strict=True)
    items = [link(ancestor.path_for(current_language())[0], name) for ancestor, name in above]
    return list_items([*items, f"<span{HERE}>{conditional_escape(text(page, 'heading'))}</span>"])


@register.simple_tag
def language_items(navigation):
    """Print the languages of the site: a link to the same page in each, or that there is none."""
    items = []
    for other in navigation.languages:
        code, name = other["code"], other["name"]
        if other["path"]:
            mark = ' aria-current="true"' if other["is_current"] else ""
            items.append(link(other["path"], name, f' lang="{code}" hreflang="{code}"{mark}'))
        else:
            missing = _("not available for this page")
            items.append(
                f'<span class="language-missing"><span lang="{code}">{escape(name)}</span> <small>{missing}</small></span>'
            )
    return list_items(items)


@register.simple_tag
def footer_items(navigation, page):
    """Print the pages of the footer; one that does not exist in the reader's language is linked in the next."""
    items = []
    for entry in navigation.footer:
        path, language = entry.path_for(current_language())
        hreflang = "" if language == current_language() else f' hreflang="{language}"'
        items.append(link(path, text(entry, "heading"), hreflang + (HERE if page and entry.pk == page.pk else "")))
    return list_items(items)
