"""A stock Wagtail site with our longest kind of page in one language, to show what it costs readers: the middleware that
`wagtail start` writes, plain templates, and no page cache.
"""

from pathlib import Path

from django.urls import path
from wagtail.models import Page, Site

from tests.bench.stock import OneLanguage

HOST = "stock.localhost"
NEIGHBOURS = 8  # in the menu, as our topics are
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "django.middleware.gzip.GZipMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def serve(request, address):
    """Do what Wagtail's own view does, which would take the site of the host for ours."""
    home = Site.objects.select_related("root_page").get(hostname=HOST).root_page.specific
    page, args, kwargs = home.route(request, list(filter(None, address.split("/"))))
    return page.serve(request, *args, **kwargs)


urlpatterns = [path("<path:address>", serve)]


def stock_settings():
    """Return the settings of such a site, where ours are in force."""
    return {"MIDDLEWARE": MIDDLEWARE, "TEMPLATES": TEMPLATES, "ROOT_URLCONF": __name__}


def make_stock_site(page):
    """Make a stock site whose home says what `page` says, with neighbours that do too; return the path of one of them."""
    home = Page.get_first_root_node().add_child(instance=OneLanguage.filled(page))
    home.save_revision().publish()
    for number in range(NEIGHBOURS + 1):
        neighbour = OneLanguage.filled(page)
        neighbour.slug, neighbour.show_in_menus = f"{neighbour.slug}-{number}", True
        home.add_child(instance=neighbour).save_revision().publish()
    Site.objects.create(hostname=HOST, port=80, root_page=home)
    return f"/{neighbour.slug}/"
