"""A password of one's own, which everybody chooses who got one from somebody else."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from newsroom.accounts.account_page import PasswordForm


class OwnPasswordForm(PasswordForm):
    """All three fields; the new password may not be the old one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("new_password1") and cleaned["new_password1"] == cleaned.get("old_password"):
            self.add_error("new_password1", _("Choose a different password from the one you were given."))
        return cleaned


@never_cache
@sensitive_post_parameters()
@login_required(login_url=reverse_lazy("wagtailadmin_login"))
def choose_password(request):
    """Where everybody begins who got a password from somebody else."""
    form = OwnPasswordForm(request.user, request.POST or None)
    form.request = request
    if form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your new password is saved."))
        return redirect("wagtailadmin_home")
    return render(request, "newsroom/own_password.html", {"form": form})
