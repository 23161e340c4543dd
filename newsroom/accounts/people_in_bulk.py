"""What is done to several people at once: never to whom has more than whoever does it, and no role beyond one's own."""

from django import forms
from django.contrib.auth.models import Group
from django.shortcuts import get_list_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from newsroom.accounts.reach import Reach
from newsroom.accounts.role_names import role_name
from newsroom.accounts.roles import OF_LANGUAGES


class RoleField(forms.ModelChoiceField):
    def label_from_instance(self, group):
        return role_name(group)


class RoleForm(forms.Form):
    """Asks for a role. `reach` is that of whoever gives it, `people` are those who get it."""

    role = RoleField(label=gettext_lazy("Role"), queryset=Group.objects.order_by("name"))

    def __init__(self, *args, reach, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.reach, self.people = reach, people

    def clean_role(self):
        """Refuse a role beyond one's own reach, and one that writes in languages to people who have none, or others."""
        role = self.cleaned_data["role"]
        if not self.reach.may_give(role):
            raise forms.ValidationError(_("You cannot give this role, as it may do more than you."))
        without = [str(person) for person in self.people if not person.languages] if role.name in OF_LANGUAGES else ()
        if without:
            text = _("First choose the languages of: %(people)s. This role writes in those only.")
            raise forms.ValidationError(text % {"people": ", ".join(without)})
        beyond = [str(person) for person in self.people if self.reach.languages_beyond(person.languages)]
        if beyond and role.name in OF_LANGUAGES:
            text = _("You cannot give this role to: %(people)s. They would write in languages in which you do not.")
            raise forms.ValidationError(text % {"people": ", ".join(beyond)})
        return role


class OnlyWithinReachMixin:
    """Leaves out of an action whom the one who acts may not change."""

    @cached_property
    def reach(self):
        return Reach(self.request.user)

    @classmethod
    def get_queryset(cls, model, object_ids):
        """Return the people with what `check_perm` asks of each."""
        return get_list_or_404(model.objects.prefetch_related("groups", "user_permissions"), pk__in=object_ids)

    def check_perm(self, obj):
        return super().check_perm(obj) and self.reach.may_change(obj)


class AssignRole(OnlyWithinReachMixin, AssignRoleBulkAction):
    form_class = RoleForm

    def check_perm(self, obj):
        is_own = obj.pk == self.request.user.pk
        return super().check_perm(obj) and (self.reach.is_unlimited or not is_own)

    def get_form_kwargs(self):
        people, _without_access = self.get_actionable_objects()
        return {**super().get_form_kwargs(), "reach": self.reach, "people": people}

    def get_success_message(self, num_parent_objects, num_child_objects):
        """Return Wagtail's message with the name of the role: it is given a group that is stored nowhere."""
        data = self.cleaned_form.cleaned_data
        data["role"] = Group(name=str(role_name(data["role"])))
        return super().get_success_message(num_parent_objects, num_child_objects)


class DeletePeople(OnlyWithinReachMixin, DeleteBulkAction):
    pass


class SetActiveState(OnlyWithinReachMixin, SetActiveStateBulkAction):
    pass
