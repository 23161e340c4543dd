"""What groups of staff are called in each language, and what their members may do; a group of somebody's own keeps its name."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

NAMES = {
    "Editors": _("Editors"),
    "Publishers": _("Publishers"),
    "Translators": _("Translators"),
    "Reviewers": _("Reviewers"),
}
DESCRIPTIONS = {
    "Editors": _("write pages, people, organisations and terms, and submit them; they do not publish"),
    "Publishers": _("do what editors do, publish and unpublish, and look after redirects and the settings of the site"),
    "Translators": _("translate texts that exist, in the languages of their account only; they change nothing else"),
    "Reviewers": _("read everything, and correct texts in the languages of their account only; they change nothing else"),
}


class RoleCheckboxes(forms.CheckboxSelectMultiple):
    """Check boxes of groups under the names of roles, for a form of Wagtail's that makes its own field."""

    def create_option(self, name, value, label, *args, **kwargs):
        return super().create_option(name, value, NAMES.get(label, label), *args, **kwargs)


def role_name(group):
    """Return the name of a group for whoever reads it."""
    return NAMES.get(group.name, group.name)


def role_description(group):
    """Return the name of a group, and what its members may do."""
    return (
        format_html(
            "<span><strong>{}</strong>{} {}</span>",
            role_name(group),
            pgettext("after a heading", ":"),
            DESCRIPTIONS[group.name],
        )
        if group.name in DESCRIPTIONS
        else group.name
    )
