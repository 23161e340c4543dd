"""The addresses of the site, and Wagtail's own page editor beside ours, to compare both."""

from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.edit import EditView

urlpatterns = [
    path("admin/stock/<int:page_id>/", require_admin_access(EditView.as_view()), name="stock_editor"),
    path("", include("actiris_site.urls")),
]
handler400 = "delivery.errors.bad_request"
handler403 = "delivery.errors.permission_denied"
handler404 = "actiris_site.wrong_addresses.page_not_found"
handler500 = "delivery.errors.server_error"
