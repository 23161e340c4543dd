"""The admin's interface for programs, where this site's rules are narrower than Wagtail's."""

from django.core.exceptions import PermissionDenied
from wagtail.admin.api.views import PagesAdminAPIViewSet

from languages.rights import writes_all


class PagesViewSet(PagesAdminAPIViewSet):
    """Pages, as choosers and menus ask for them. Its actions take whole pages: they revert, copy and convert all languages."""

    def action_view(self, request, pk, action_name):
        if not writes_all(request.user):
            raise PermissionDenied
        return super().action_view(request, pk, action_name)
