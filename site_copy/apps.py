from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteCopyConfig(AppConfig):
    name = "site_copy"
    verbose_name = _("Copy of the site")
