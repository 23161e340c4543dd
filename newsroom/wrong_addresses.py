"""What staff see at an address below `/admin/` that leads nowhere."""

from django.views.defaults import page_not_found


def is_for_staff(request):
    """Say whether somebody who may use the admin asks for one of its addresses."""
    user = getattr(request, "user", None)  # none where a request is refused before anybody is known
    return request.path_info.startswith("/admin/") and user is not None and user.has_perm("wagtailadmin.access_admin")


def answer_staff(request, exception):
    """Return the admin's own page, which Wagtail shows for its views only, and not for ours that stand before them."""
    return page_not_found(request, exception, "wagtailadmin/404.html")
