"""The login page: the password, the way to the provider of sign-on, or both."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.http import urlencode
from wagtail.admin.views import account


class LoginView(account.LoginView):
    """Wagtail's, with a link to sign-on, and without a password where local passwords are closed."""

    def get_template_names(self):
        return [self.template_name if settings.LOCAL_LOGIN else "newsroom/sign_on_only.html"]

    def post(self, request, *args, **kwargs):
        if not settings.LOCAL_LOGIN:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        then = self.get_redirect_url()
        return super().get_context_data(**kwargs) | {
            "sign_on": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
            "sign_on_query": f"?{urlencode({'next': then})}" if then else "",
        }
