"""The bar above a form's texts: which languages stand side by side, the way to what must be mended, and the keys."""

from copy import copy
from functools import cache

from django import forms
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.panels import Panel
from wagtail.models import DraftStateMixin

from languages.codes import LANGUAGES, OWN_NAMES
from languages.rights import languages_to_write, limit_words, writes_all
from languages.text_notes import text_notes

# The hook of functions by which apps above add to the bar: given a user and a stored object, they return HTML.
BAR_ITEMS = "register_language_bar_item"
MEDIA = forms.Media(
    css={"all": ["css/editor.css", "css/read_only.css"]}, js=[forms.Script("js/editor/side_by_side.js", type="module")]
)


class LanguageBar(Panel):
    """The first panel of a form that has texts in several languages. It brings along the scripts that work beside them."""

    def __init__(self, **kwargs):
        super().__init__(**{"classname": "languages-panel", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "languages/bar.html"

        def show_panel_furniture(self):
            """Say no, so that it stands above the tabs of a form and is no tab itself."""
            return False

        @property
        def media(self):
            return MEDIA

        def get_context_data(self, parent_context=None):
            model = type(self.instance)
            return {
                **super().get_context_data(parent_context),
                **bar_context(self.request.user, self.instance),
                "states_url": reverse("text_states", args=[model._meta.app_label, model._meta.model_name, 0]),
            }


def bar_context(user, instance):
    """Return what the template of the bar says to somebody; `states_url`, for forms that save by themselves, comes on top.

    `limit` says why whoever does not write everything cannot change the rest, which the editor's script closes.
    """
    visible, own = visible_columns(user), languages_to_write(user)
    return {
        "columns": [{"code": code, "name": OWN_NAMES[code], "is_on": code in visible} for code in LANGUAGES],
        "shown": " ".join(visible),
        "limit": "" if writes_all(user) else limit_words(user),
        "own": " ".join(own),
        "notes": text_notes(instance, own, user),
        "has_drafts": isinstance(instance, DraftStateMixin),
        "items": [make(user, instance) for make in hooks.get_hooks(BAR_ITEMS)] if instance.pk else [],
        "next_url": next_url(instance) if own else "",
    }


def next_url(instance):
    """Return where to ask what waits after an object; "" for one that is not there yet."""
    if instance.pk is None:
        return ""
    return reverse("next_to_edit", args=[instance._meta.app_label, instance._meta.model_name, instance.pk])


def visible_columns(user):
    """Return the languages whose columns somebody chose to see; all of them until they choose."""
    chosen = user.columns_shown or LANGUAGES
    return [code for code in LANGUAGES if code in chosen]


def with_language_bar(handler):
    """Return a bound group of panels once more, with the bar above its first panel."""
    group = copy(handler)
    group.children = [LanguageBar().bind_to_model(handler.model), *handler.children]
    group.get_form_class = cache(group.get_form_class)  # the same class, so that `WholeBlockWidget` packs its blocks once
    return group
