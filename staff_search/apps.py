from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffSearchConfig(AppConfig):
    name = "staff_search"
    verbose_name = _("Search in the admin")
