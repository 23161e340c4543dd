"""Addresses of the second factor: allauth's views, and none of them that is not needed."""

from allauth.account.views import reauthenticate as confirm_by_password
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as key
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse_lazy

from newsroom.accounts.second_factor import SET_UP_PATH


class RemoveKeyView(key.RemoveWebAuthnView):
    """allauth's, which lets the last factor go of whoever needs one."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form):
        if get_adapter().can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")


below = SET_UP_PATH.removeprefix("/admin/")
urlpatterns = [
    path("login/code/", views.reauthenticate, name="mfa_reauthenticate"),
    path("login/key/", key.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(below, views.index, name="mfa_index"),
    path(f"{below}app/", app.activate_totp, name="mfa_activate_totp"),
    path(f"{below}app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path(f"{below}key/", key.add_webauthn, name="mfa_add_webauthn"),
    path(f"{below}key/<int:pk>/remove/", RemoveKeyView.as_view(), name="mfa_remove_webauthn"),
    path(f"{below}codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(f"{below}codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(f"{below}confirm/", confirm_by_password, name="account_reauthenticate"),
]
