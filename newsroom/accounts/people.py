"""Wagtail's screens for people and groups: roles are named in every language, and each person has a language of the admin."""

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.models.pages import PAGE_PERMISSION_TYPES
from wagtail.users.forms import (
    BaseGroupPagePermissionFormSet,
    GroupForm,
    GroupPagePermissionFormSet,
    PagePermissionsForm,
    UserCreationForm,
    UserEditForm,
)
from wagtail.users.models import UserProfile
from wagtail.users.views import groups, users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction

from languages.codes import OWN_NAMES
from languages.user_language import staff_language
from newsroom.accounts.account_page import notify_old_address
from newsroom.accounts.role_names import NAMES, role_description, role_name
from newsroom.models import SpokenPermission


class RolesField(forms.ModelMultipleChoiceField):
    """The groups, with what each may do."""

    def label_from_instance(self, group):
        return role_description(group)


class PersonMixin(forms.Form):
    """Fields of ours in Wagtail's forms for people."""

    preferred_language = forms.ChoiceField(
        label=_("Language of the admin"),
        help_text=_("Mails to this person are in it too."),
        choices=[("", "—"), *((code, OWN_NAMES[code]) for code, _name in settings.LANGUAGES)],
    )
    groups = RolesField(
        label=_("Roles"), queryset=Group.objects.order_by("name"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def save(self, commit=True):
        """Save with what stands beside the user; a password that somebody else typed has to be changed at the first login."""
        user = super().save(commit=False)
        if self.cleaned_data.get("password1"):
            user.must_change_password = True
        user.save()
        self.save_m2m()
        defaults = {"preferred_language": self.cleaned_data["preferred_language"]}
        UserProfile.objects.update_or_create(user=user, defaults=defaults)
        return user


class NewPersonForm(PersonMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        pass


class PersonForm(PersonMixin, UserEditForm):
    """One's own address and password are changed on the account page, where the password is asked for."""

    def __init__(self, *args, editing_self=False, **kwargs):
        super().__init__(*args, editing_self=editing_self, **kwargs)
        self.initial["preferred_language"] = staff_language(self.instance)
        if editing_self:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("Change your own address and password on your account page.")
            del self.fields["password1"], self.fields["password2"]

    class Meta(UserEditForm.Meta):
        pass

    def save(self, commit=True):
        self.cleaned_data.setdefault("password1", "")
        user = super().save(commit)
        if "email" in self.changed_data:
            notify_old_address(user, self.initial["email"])
        return user


class PeopleFilterSet(users.UserFilterSet):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["group"].label = _("Role")
        self.filters["group"].field.label_from_instance = role_name


class RoleField(forms.ModelChoiceField):
    def label_from_instance(self, group):
        return role_name(group)


class RoleForm(forms.Form):
    role = RoleField(label=_("Role"), queryset=Group.objects.order_by("name"))


class RoleCheckboxes(forms.CheckboxSelectMultiple):
    """Check boxes of groups under the names of roles, for a form of Wagtail's that makes its own field."""

    def create_option(self, name, value, label, *args, **kwargs):
        return super().create_option(name, value, NAMES.get(label, label), *args, **kwargs)


class AssignRole(AssignRoleBulkAction):
    form_class = RoleForm

    def get_success_message(self, num_parent_objects, num_child_objects):
        """Return Wagtail's message with the name of the role: it is given a group that is stored nowhere."""
        data = self.cleaned_form.cleaned_data
        data["role"] = Group(name=str(role_name(data["role"])))
        return super().get_success_message(num_parent_objects, num_child_objects)


class PeopleViewSet(users.UserViewSet):
    filterset_class = PeopleFilterSet

    def get_form_class(self, for_update=False):
        return PersonForm if for_update else NewPersonForm


class GroupsView(groups.IndexView):
    columns = [
        TitleColumn("name", label=_("Name"), accessor=role_name, sort_key="name", url_name="wagtailusers_groups:edit"),
    ]


class RightsForm(GroupForm):
    """A group, with its permissions named in the language of whoever reads them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        permissions = SpokenPermission.objects.filter(pk__in=self.registered_permissions.values("pk"))
        self.fields["permissions"].queryset = permissions.select_related("content_type")


class PageRightsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, permission):
        return next(label for codename, _short, label in PAGE_PERMISSION_TYPES if codename == permission.codename)


class PageRightsForm(PagePermissionsForm):
    """What a group may do with a page, in words; Wagtail's says "Wagtail core | page | Can add page" to screen readers."""

    permissions = PageRightsField(
        queryset=PagePermissionsForm.base_fields["permissions"].queryset,
        to_field_name="codename",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


PageRightsFormSet = forms.formset_factory(PageRightsForm, formset=BaseGroupPagePermissionFormSet, extra=0, can_delete=True)


class RightsMixin:
    @cached_property
    def permission_panel_forms(self):
        panels = [
            PageRightsFormSet if panel is GroupPagePermissionFormSet else panel
            for panel in groups.get_permission_panel_classes()
        ]
        return [panel(**self.get_permission_panel_form_kwargs(panel)) for panel in panels]


class NewGroupView(RightsMixin, groups.CreateView):
    pass


class GroupView(RightsMixin, groups.EditView):
    pass


class GroupsViewSet(groups.GroupViewSet):
    index_view_class = GroupsView
    add_view_class = NewGroupView
    edit_view_class = GroupView

    def get_form_class(self, for_update=False):
        return RightsForm
