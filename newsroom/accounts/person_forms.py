"""The forms of a person: roles are explained, translators and reviewers have languages, and nobody is given too much."""

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.models import UserProfile

from languages.codes import LANGUAGES, OWN_NAMES
from languages.rights import language_names
from languages.user_language import staff_language
from newsroom.accounts.account_page import notify_old_address
from newsroom.accounts.reach import Reach
from newsroom.accounts.role_names import role_description, role_name
from newsroom.accounts.roles import OF_LANGUAGES

OWN_RIGHTS = gettext_lazy("Somebody else changes your own roles and languages.")


class RolesField(forms.ModelMultipleChoiceField):
    """The groups, with what each may do."""

    def label_from_instance(self, group):
        return role_description(group)


class PersonMixin(forms.Form):
    """Fields of ours in Wagtail's forms for people. `manager` is whoever fills it in."""

    preferred_language = forms.ChoiceField(
        label=gettext_lazy("Language of the admin"),
        help_text=gettext_lazy("Mails to this person are in it too."),
        choices=[("", "—"), *((code, OWN_NAMES[code]) for code, _name in settings.LANGUAGES)],
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages to write in"),
        help_text=gettext_lazy(
            "Of translators and reviewers: they change the texts of these languages, and read the rest. "
            "Editors and publishers write in all languages, whatever is ticked here."
        ),
        choices=[(code, OWN_NAMES[code]) for code in LANGUAGES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    groups = RolesField(
        label=gettext_lazy("Roles"),
        help_text=gettext_lazy("Somebody with several roles may do what any of them may."),
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, manager, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = self.fields["last_name"].required = False  # an account may go by its user name
        self.reach = Reach(manager)
        if self.reach.is_unlimited:
            return
        self.asks_for_administrator = bool(self.data.get(self.add_prefix("is_superuser")))
        self.fields.pop("is_superuser", None)
        if self.instance.pk == manager.pk:
            for name in ("groups", "languages"):
                self.fields[name].disabled, self.fields[name].help_text = True, OWN_RIGHTS

    def clean(self):
        cleaned = super().clean()
        self.refuse_too_much(cleaned)
        roles = [group for group in cleaned.get("groups", ()) if group.name in OF_LANGUAGES]
        if roles and not cleaned.get("languages") and "languages" not in self.errors:
            names = ", ".join(str(role_name(group)) for group in roles)
            self.add_error("languages", _("Choose at least one language: %(roles)s write in those only.") % {"roles": names})
        return cleaned

    def refuse_too_much(self, cleaned):
        """Refuse roles and languages that the person does not have yet and that the manager cannot give.

        A language that the person has is given where a role is, which then writes in it.
        """
        if self.reach.is_unlimited:
            return
        if self.asks_for_administrator:
            self.add_error(None, _("Only administrators make somebody an administrator."))
        has = set(self.instance.groups.all()) if self.instance.pk else set()
        too_much = [group for group in cleaned.get("groups", ()) if group not in has and not self.reach.may_give(group)]
        if too_much:
            names = ", ".join(str(role_name(group)) for group in too_much)
            self.add_error(
                "groups", _("You cannot give these roles, as they may do more than you: %(roles)s.") % {"roles": names}
            )
        is_role_new = any(group not in has and group.name in OF_LANGUAGES for group in cleaned.get("groups", ()))
        before = () if is_role_new else self.initial.get("languages") or ()
        beyond = self.reach.languages_beyond(code for code in cleaned.get("languages", ()) if code not in before)
        if beyond:
            text = _("You cannot give languages in which you do not write yourself: %(languages)s.")
            self.add_error("languages", text % {"languages": language_names(beyond)})

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
        fields = UserCreationForm.Meta.fields | {"languages"}


class PersonForm(PersonMixin, UserEditForm):
    """One's own address and password are changed on the account page, where the password is asked for.

    Those of somebody who writes in other languages than the manager would let the manager write in them too.
    """

    def __init__(self, *args, editing_self=False, **kwargs):
        super().__init__(*args, editing_self=editing_self, **kwargs)
        self.initial["preferred_language"] = staff_language(self.instance)
        if editing_self:
            self.keep_address_and_password(_("Change your own address and password on your account page."))
        elif beyond := self.reach.languages_beyond(self.instance.languages):
            text = _(
                "You cannot change the address or password of somebody who writes in other languages than you: %(languages)s."
            )
            self.keep_address_and_password(text % {"languages": language_names(beyond)})

    def keep_address_and_password(self, why):
        self.fields["email"].disabled, self.fields["email"].help_text = True, why
        del self.fields["password1"], self.fields["password2"]

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"languages"}

    def save(self, commit=True):
        self.cleaned_data.setdefault("password1", "")
        user = super().save(commit)
        if "email" in self.changed_data:
            notify_old_address(user, self.initial["email"])
        return user
