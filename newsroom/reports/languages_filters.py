"""How staff narrow the table of everything."""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page

from languages.codes import LANGUAGES
from languages.sorting import sort_key
from languages.standing import Standing
from languages.standing_values import standing_models
from newsroom.reports.standing_rows import BEHIND, COMPLETE, MISSING, OPEN, in_state
from reporting.filters import ReportFilterSet, choice_filter, language_filter

OVERDUE, PLANNED = "overdue", "planned"
ME, NOBODY = "me", "nobody"
STATES = [
    (MISSING, pgettext_lazy("filter", "Something missing")),
    (BEHIND, pgettext_lazy("filter", "Something behind")),
    (OPEN, pgettext_lazy("filter", "Something in translation")),
    (COMPLETE, pgettext_lazy("filter", "Complete")),
]


def kind_choices():
    """Return the kinds of objects as choices, in alphabetical order."""
    choices = [
        (model._meta.label_lower, str(capfirst(model._meta.verbose_name)))
        for model in standing_models()
        if not issubclass(model, Page) or model.is_creatable
    ]
    return sorted(choices, key=lambda choice: sort_key(choice[1]))


def person_choices(value):
    """Return the choices of who looks after something: oneself, nobody, and whoever the filter's value names."""
    person = get_user_model().objects.filter(pk=value).first() if value.isdecimal() else None
    others = [(str(person.pk), get_user_display_name(person))] if person else []
    return [(ME, pgettext_lazy("person responsible", "Me")), (NOBODY, pgettext_lazy("person responsible", "Nobody")), *others]


class LanguagesFilterSet(ReportFilterSet):
    language = language_filter(method="leave_unchanged")  # alone it leaves out nothing: it says where the state is looked for
    state = choice_filter(label=pgettext_lazy("filter", "State"), choices=STATES, method="filter_state")
    kind = choice_filter(label=pgettext_lazy("filter", "Kind"), choices=kind_choices, method="filter_kind")
    responsible = choice_filter(label=_("Person responsible"), method="filter_person")
    review = choice_filter(
        label=pgettext_lazy("filter", "Review"),
        choices=[(OVERDUE, _("Overdue")), (PLANNED, pgettext_lazy("review", "Planned"))],
        method="filter_review",
    )

    class Meta:
        model = Standing
        fields = ["language", "state", "kind", "responsible", "review"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["responsible"].extra["choices"] = person_choices(self.data.get("responsible", ""))

    def filter_state(self, queryset, name, state):
        language = self.form.cleaned_data.get("language")
        return queryset.filter(in_state(state, [language] if language else LANGUAGES))

    def filter_kind(self, queryset, name, label):
        return queryset.filter(content_type=ContentType.objects.get_by_natural_key(*label.split(".")))

    def filter_person(self, queryset, name, choice):
        return queryset.filter(responsible={ME: self.request.user.pk, NOBODY: None}.get(choice, choice))

    def filter_review(self, queryset, name, choice):
        today = timezone.localdate()
        return queryset.filter(**{"review_on__lt" if choice == OVERDUE else "review_on__gte": today})
