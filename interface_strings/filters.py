"""How translators narrow the list of strings, and in which order they go through it."""

from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interface_strings.models import InterfaceString, State, StringEdit
from interface_strings.places import area_name
from interface_strings.problems import Kind
from languages.codes import LANGUAGES
from languages.rights import languages_to_write
from reporting.filters import ReportFilterSet, choice_filter, language_filter

GONE, ANY = "gone", "any"
NO_WORK = ([], [Kind.SAME])  # problems that are none, or that many strings have rightly
TO_DO, TO_LOOK_AT, FINE = 0, 1, 2  # how much work a string is: nothing is shown or in conflict, hints, none
SEARCHED = ("msgid", "plural", "context", *(f"shown__{code}" for code in LANGUAGES))


class StringFilterSet(ReportFilterSet):
    """State and problem are those of the chosen language, of any where none is chosen."""

    language = language_filter(method="leave_unchanged")
    state = choice_filter(
        label=pgettext_lazy("filter", "State"),
        choices=[*State.choices, (GONE, pgettext_lazy("interface string", "Gone"))],
        method="filter_state",
    )
    problem = choice_filter(label=_("Problem"), choices=[(ANY, _("With a problem")), *Kind.choices], method="filter_problem")
    area = choice_filter(label=_("Part of the site"), method="filter_area")

    class Meta:
        model = InterfaceString
        fields = ["language", "state", "problem", "area"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["area"].extra["choices"] = area_choices()

    @property
    def languages(self):
        """The languages that are looked at."""
        chosen = self.form.cleaned_data.get("language")
        return [chosen] if chosen else LANGUAGES

    def filter_state(self, queryset, name, state):
        if state == GONE:
            return queryset.filter(is_gone=True)
        return queryset.filter(any_of((f"states__{code}", state) for code in self.languages))

    def filter_problem(self, queryset, name, kind):
        if kind == ANY:
            return queryset.exclude(**{f"problems__{code}": [] for code in self.languages})
        return queryset.filter(any_of((f"problems__{code}__contains", [kind]) for code in self.languages))

    def filter_area(self, queryset, name, area):
        return queryset.filter(areas__contains=[area])


def any_of(conditions):
    """Return the condition that one of several holds, each a look-up and its value."""
    return Q(*conditions, _connector=Q.OR)


def area_choices():
    """Return the parts of the site that have strings, by name, with one query."""
    part = Func(F("areas"), function="jsonb_array_elements_text")
    areas = InterfaceString.objects.order_by().annotate(part=part).values_list("part", flat=True).distinct()
    return sorted(((area, area_name(area)) for area in areas), key=lambda choice: choice[1].casefold())


def listed_strings():
    """Return the strings that there are, and those that have gone but for what was edited."""
    edits = StringEdit.objects.filter(string=OuterRef("pk"))
    return InterfaceString.objects.filter(Q(is_gone=False) | Exists(edits))


def search(queryset, words):
    """Return the strings in whose source or translation some words stand."""
    return queryset.filter(any_of((f"{name}__icontains", words) for name in SEARCHED)) if words else queryset


def in_order(queryset, languages):
    """Return strings in the order in which one goes through them, each with its `work`, such as `TO_DO`, in some languages.

    Ours come before those of packages, what needs work before the rest, then they go by place. What has no word of its own,
    only placeholders and signs, comes last.
    """
    to_do = any_of((f"states__{code}", state) for code in languages for state in (State.MISSING, State.CONFLICT))
    fine = Q(*(any_of((f"problems__{code}", kinds) for kinds in NO_WORK) for code in languages))
    work = Case(
        When(to_do, then=Value(TO_DO)), When(fine, then=Value(FINE)), default=Value(TO_LOOK_AT), output_field=IntegerField()
    )
    is_wordless = Case(When(order__regex=r"^\w", then=Value(0)), default=Value(1), output_field=IntegerField())
    place = KeyTextTransform("1", KeyTransform("0", "places"))
    strings = queryset.annotate(work=work, is_wordless=is_wordless, place=place)
    return strings.order_by("-is_ours", "work", "is_wordless", "place", "order", "pk")


def languages_looked_at(filters, user):
    """Return the languages whose work somebody looks for: the chosen one, else those in which they write, else all."""
    own = languages_to_write(user)
    chosen = filters.languages if filters.is_valid() else LANGUAGES
    return [code for code in chosen if code in own] or list(chosen)


def strings_of_list(request):
    """Return the strings that the list shows for the query of a request, in its order."""
    filters = StringFilterSet(request.GET, queryset=listed_strings(), request=request)
    queryset = filters.qs if filters.is_valid() else listed_strings()
    strings = search(queryset, request.GET.get("q", "").replace("\0", ""))
    return in_order(strings, languages_looked_at(filters, request.user))
