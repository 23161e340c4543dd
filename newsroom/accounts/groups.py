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

TOO_MUCH = gettext_lazy("You cannot give a group rights that you do not have yourself: %(rights)s.")


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

    def is_valid(self, form):
        """Refuse what is new in the group and not a power of whoever gives it."""
        stored = self.object.pk and type(self.object).objects.get(pk=self.object.pk)
        if not super().is_valid(form):
            return False
        reach, before = Reach(self.request.user), group_powers(stored) if stored else set()
        refused = [label for power, label in self.powers_posted(form) if power not in before and reach.exceeds({power})]
        if refused:
            form.add_error(None, TOO_MUCH % {"rights": ", ".join(dict.fromkeys(refused))})
            self.produced_error_message = self.get_error_message()
        return not refused

    def powers_posted(self, form):
        """Yield each power (see `newsroom.accounts.reach`) in a valid form and its panels, with what it is called."""
        for permission in form.cleaned_data["permissions"]:
            yield (permission.pk, "", ""), permission.name
        for panel in self.permission_panel_forms:
            for row in panel.forms:
                if row in panel.deleted_forms or "permissions" not in row.cleaned_data:
                    continue
                kind = "page" if "page" in row.cleaned_data else "collection"
                place, field = row.cleaned_data[kind], row.fields["permissions"]
                for permission in row.cleaned_data["permissions"]:
                    yield (permission.pk, kind, place.path), f"{place}, {field.label_from_instance(permission)}"


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
