"""Wagtail's screens for people: the list says their roles and languages, and whoever has more is out of a manager's reach."""

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_user_display_name
from wagtail.users.views import users

from languages.codes import LANGUAGES, OWN_NAMES
from languages.rights import staff
from newsroom.accounts.person_forms import NewPersonForm, PersonForm
from newsroom.accounts.reach import Reach
from newsroom.accounts.role_names import role_name
from newsroom.accounts.second_factor import factors


class PeopleFilterSet(users.UserFilterSet):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["group"].label = _("Role")
        self.filters["group"].field.label_from_instance = role_name


def roles_of(person):
    """Return the names of a person's roles for whoever reads the list; administrators need none."""
    return ", ".join(sorted(str(role_name(group)) for group in person.groups.all()))


def languages_of(person):
    """Return the names, in themselves, of the languages in which a person writes who does not write in all."""
    return ", ".join(OWN_NAMES[code] for code in LANGUAGES if code in person.languages)


class PeopleView(users.IndexView):
    @cached_property
    def columns(self):
        select, name, username, *others = super().columns
        name.width, username.width = "28%", "10%"
        roles = Column("roles", label=gettext_lazy("Roles"), accessor=roles_of)
        languages = Column("languages", label=gettext_lazy("Languages to write in"), accessor=languages_of)
        return [select, name, username, roles, languages, *others]

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("groups")


class ManagerMixin:
    """Tells the form who fills it in, and them what the account still lacks."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "manager": self.request.user}

    def form_valid(self, form):
        response = super().form_valid(form)
        person = self.object
        if person.is_active and not staff().filter(pk=person.pk).exists():
            text = _("%(name)s has no role yet, and so cannot open anything here: choose one under ‘Roles’.")
            messages.warning(self.request, text % {"name": get_user_display_name(person)})
        return response


class RefuseBeyondReachMixin:
    """Sends away whoever asks for somebody that may do more than they."""

    def dispatch(self, request, *args, **kwargs):
        person = self.get_object()
        if self.user_has_permission(self.permission_required) and not Reach(request.user).may_change(person):
            text = _("You cannot change the account of %(name)s, who may do more than you.")
            messages.error(request, text % {"name": get_user_display_name(person)})
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)


class NewPersonView(ManagerMixin, users.CreateView):
    pass


class PersonView(ManagerMixin, RefuseBeyondReachMixin, users.EditView):
    def get_context_data(self, **kwargs):
        may_reset = self.request.user.is_superuser and self.object != self.request.user
        return super().get_context_data(**kwargs) | {"can_reset_factor": may_reset and factors(self.object).exists()}


class DeletePersonView(RefuseBeyondReachMixin, users.DeleteView):
    pass


class PeopleViewSet(users.UserViewSet):
    copy_view_enabled = False  # Wagtail saves what is sent to its address over the person who was to be copied
    filterset_class = PeopleFilterSet
    index_view_class = PeopleView
    add_view_class = NewPersonView
    edit_view_class = PersonView
    delete_view_class = DeletePersonView

    def get_form_class(self, for_update=False):
        return PersonForm if for_update else NewPersonForm
