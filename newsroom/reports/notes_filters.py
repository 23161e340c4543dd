"""How staff narrow the list of notes."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.reports.languages_filters import ME, NOBODY, person_choices
from reporting.filters import ReportFilterSet, choice_filter
from staff_notes.models import StaffNote

OPEN, SETTLED = "open", "settled"


class NotesFilterSet(ReportFilterSet):
    state = choice_filter(
        label=pgettext_lazy("filter", "State"),
        choices=[(OPEN, pgettext_lazy("notes", "Open")), (SETTLED, pgettext_lazy("notes", "Settled"))],
        method="filter_state",
    )
    responsible = choice_filter(label=_("Person responsible"), method="filter_person")

    class Meta:
        model = StaffNote
        fields = ["state", "responsible"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["responsible"].extra["choices"] = person_choices(self.data.get("responsible", ""))

    def filter_state(self, queryset, name, state):
        return queryset.settled() if state == SETTLED else queryset.open()

    def filter_person(self, queryset, name, choice):
        return queryset.filter(responsible_key={ME: self.request.user.pk, NOBODY: None}.get(choice, choice))
