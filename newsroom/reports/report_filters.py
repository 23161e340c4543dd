"""How staff narrow the table of everything."""

import django_filters
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page

from languages.codes import LANGUAGES
from languages.sorting import sort_key
from languages.standing import Standing
from languages.standing_values import standing_models
from newsroom.reports.standing_rows import BEHIND, COMPLETE, MISSING, in_state

OVERDUE, PLANNED = "overdue", "planned"
ME, NOBODY = "me", "nobody"
STATES = [
    (MISSING, pgettext_lazy("filter", "Something missing")),
    (BEHIND, pgettext_lazy("filter", "Something behind")),
    (COMPLETE, pgettext_lazy("filter", "Complete")),
]


def kinds():
    """Return the kinds of objects as choices, in alphabetical order."""
    found = [
        (model._meta.label_lower, str(capfirst(model._meta.verbose_name)))
        for model in standing_models()
        if not issubclass(model, Page) or model.is_creatable
    ]
    return sorted(found, key=lambda choice: sort_key(choice[1]))


def people(chosen):
    """Return the choices of who looks after something: oneself, nobody, and whoever was chosen in the table."""
    found = get_user_model().objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    others = [(str(found.pk), get_user_display_name(found))] if found else []
    return [(ME, pgettext_lazy("person responsible", "Me")), (NOBODY, pgettext_lazy("person responsible", "Nobody")), *others]


def radio(**options):
    """Return a filter of a few choices, with all of them first."""
    return django_filters.ChoiceFilter(empty_label=pgettext_lazy("filter", "All"), widget=forms.RadioSelect, **options)


class StandingFilterSet(WagtailFilterSet):
    language = radio(label=pgettext_lazy("filter", "Language"), choices=settings.LANGUAGES, method="unchanged")
    state = radio(label=pgettext_lazy("filter", "State"), choices=STATES, method="in_state")
    kind = radio(label=pgettext_lazy("filter", "Kind"), choices=kinds, method="of_kind")
    responsible = radio(label=_("Person responsible"), method="of_person")
    review = radio(
        label=pgettext_lazy("filter", "Review"),
        choices=[(OVERDUE, _("Overdue")), (PLANNED, pgettext_lazy("review", "Planned"))],
        method="by_review",
    )

    class Meta:
        model = Standing
        fields = ["language", "state", "kind", "responsible", "review"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["responsible"].extra["choices"] = people(self.data.get("responsible", ""))

    def unchanged(self, queryset, name, choice):
        """A language alone leaves out nothing: it says where the state is looked for."""
        return queryset

    def in_state(self, queryset, name, state):
        language = self.form.cleaned_data.get("language")
        return queryset.filter(in_state(state, [language] if language else LANGUAGES))

    def of_kind(self, queryset, name, label):
        return queryset.filter(content_type=ContentType.objects.get_by_natural_key(*label.split(".")))

    def of_person(self, queryset, name, choice):
        return queryset.filter(responsible={ME: self.request.user.pk, NOBODY: None}.get(choice, choice))

    def by_review(self, queryset, name, choice):
        today = timezone.localdate()
        return queryset.filter(**{"review_on__lt" if choice == OVERDUE else "review_on__gte": today})
