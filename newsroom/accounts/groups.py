"""Wagtail's screens for groups: roles are named in every language, and nobody gives a group a right that they lack."""

from django import forms
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import TitleColumn
from wagtail.models.pages import PAGE_PERMISSION_TYPES
from wagtail.users.forms import BaseGroupPagePermissionFormSet, GroupForm, GroupPagePermissionFormSet, PagePermissionsForm
from wagtail.users.views import groups

from newsroom.accounts.reach import Reach, group_powers
from newsroom.accounts.role_names import role_name
from newsroom.models import SpokenPermission

GIVEN = gettext_lazy("You cannot give a group rights that you do not have yourself: %(rights)s.")
TAKEN = gettext_lazy("You cannot take rights from a group that you do not have yourself: %(rights)s.")


class GroupsView(groups.IndexView):
    columns = [
        TitleColumn(
            "name", label=gettext_lazy("Name"), accessor=role_name, sort_key="name", url_name="wagtailusers_groups:edit"
        ),
    ]


class RightsForm(GroupForm):
    """A group, with its permissions named in the language of whoever reads them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        permissions = SpokenPermission.objects.filter(pk__in=self.registered_permissions.values("pk"))
        self.fields["permissions"].queryset = permissions.select_related("content_type")


class PageRightsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, permission):
        labels = {codename: label for codename, _short, label in PAGE_PERMISSION_TYPES}
        return labels.get(permission.codename, permission.name)


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

    def is_valid(self, form):
        """Refuse what the group would gain or lose and is not a power of whoever changes it."""
        if not super().is_valid(form):
            return False
        reach, before, after = Reach(self.request.user), dict(self.powers_stored(form)), dict(self.powers_posted(form))
        for text, one, other in ((GIVEN, after, before), (TAKEN, before, after)):
            refused = [label for power, label in one.items() if power not in other and reach.exceeds({power})]
            if refused:
                form.add_error(None, text % {"rights": ", ".join(dict.fromkeys(refused))})
                self.produced_error_message = self.get_error_message()
        return form.is_valid()

    def powers_stored(self, form):
        """Yield each power (see `newsroom.accounts.reach`) that the group has and the form shows, with what it is called."""
        shown = form.fields["permissions"].queryset
        permissions = shown.filter(group=self.object) if self.object.pk else shown.none()
        return powers(permissions, {panel: panel.initial for panel in self.permission_panel_forms})

    def powers_posted(self, form):
        """Yield each power in a valid form and its panels, with what it is called."""
        rows = {
            panel: [row.cleaned_data for row in panel.forms if row not in panel.deleted_forms]
            for panel in self.permission_panel_forms
        }
        return powers(form.cleaned_data["permissions"], rows)


def powers(permissions, rows_of_panels):
    """Yield each power of permissions everywhere, and of the rows of each panel for a place, with what it is called."""
    for permission in permissions:
        yield (permission.pk, "", ""), permission.name
    for panel, rows in rows_of_panels.items():
        name_of = panel.form.base_fields["permissions"].label_from_instance
        for row in (row for row in rows if "permissions" in row):
            kind = "page" if "page" in row else "collection"
            place = row[kind]
            yield from (((one.pk, kind, place.path), f"{place}, {name_of(one)}") for one in row["permissions"])


class NewGroupView(RightsMixin, groups.CreateView):
    pass


class GroupView(RightsMixin, groups.EditView):
    pass


class DeleteGroupView(groups.DeleteView):
    def dispatch(self, request, *args, **kwargs):
        """Send away whoever would take rights from people that they do not have themselves."""
        group = self.get_object()
        if self.user_has_permission(self.permission_required) and Reach(request.user).exceeds(group_powers(group)):
            text = _("You cannot delete the group “%(group)s”, which may do more than you.")
            messages.error(request, text % {"group": role_name(group)})
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)


class GroupsViewSet(groups.GroupViewSet):
    index_view_class = GroupsView
    add_view_class = NewGroupView
    edit_view_class = GroupView
    delete_view_class = DeleteGroupView

    def get_form_class(self, for_update=False):
        return RightsForm
