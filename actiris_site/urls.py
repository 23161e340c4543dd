"""All addresses of the site; those of pages come last, as they take every path below a language."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from delivery import documents, feeds, health, machine_files, sitemap, terms_file, views
from delivery.public import read_only

handler400 = "delivery.errors.bad_request"
handler403 = "delivery.errors.permission_denied"
handler404 = "actiris_site.wrong_addresses.page_not_found"
handler500 = "delivery.errors.server_error"

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("p/<slug:slug>/", views.choose_language, name="neutral"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("robots.txt", machine_files.robots),
    path("manifest.webmanifest", machine_files.manifest, name="manifest"),
    path("favicon.ico", machine_files.favicon),
    path(".well-known/security.txt", machine_files.security_txt),
    path("security.txt", machine_files.redirect_security_txt),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    re_path(r"^sitemap-(?P<number>[1-9][0-9]{0,3})\.xml\Z", sitemap.sitemap, name="sitemap_part"),
    # Below the admin, because only there anybody knows who is staff: cookies go no further.
    path("_design/", read_only(RedirectView.as_view(url="/admin/_design/"))),
    path("admin/", include("review.urls")),
    path("admin/", include("newsroom.urls")),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)\Z", documents.serve_document, name="wagtaildocs_serve"),
    path("media/documents/<path:name>", documents.redirect_old_address),
]

if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", documents.serve_media)]

urlpatterns += [path("", include(f"{app}.urls")) for app in ("audience", "search", "draft_links")]

languages = "|".join(code for code, _name in settings.LANGUAGES)
urlpatterns += [
    re_path(rf"^(?P<language>{languages})/feed/\Z", feeds.feed, name="feed"),
    re_path(rf"^(?P<language>{languages})/feed\Z", feeds.feed),
    re_path(rf"^(?P<language>{languages})/manifest\.webmanifest\Z", machine_files.manifest, name="manifest"),
    re_path(rf"^(?P<language>{languages})/glossary\.jsonld\Z", terms_file.terms_file, name="terms"),
    re_path(rf"^(?P<language>{languages})(?:/(?P<address>.*))?$", views.page, name="page"),
]
